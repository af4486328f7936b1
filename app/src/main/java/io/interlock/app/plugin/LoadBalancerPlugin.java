package io.interlock.app.plugin;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.app.plugin.guard.LoadBalancerGuard;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.plugin.jar.StagedJar;
import io.interlock.pluginhost.LoadedPlugin;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/**
 * A load balancer that a plugin offers, loaded and with its configuration bound. It can be opened, and once that one has
 * ended, opened again; in the end it is released. Any thread.
 */
public final class LoadBalancerPlugin extends ConfiguredPlugin {

    private final LoadBalancerFactoryBinding<?> binding;
    private final Set<InetSocketAddress> listeners;
    private final LoadBalancerGuard guard;

    LoadBalancerPlugin(
            StagedJar jar,
            LoadedPlugin plugin,
            LoadBalancerFactoryBinding<?> binding,
            String type,
            Set<InetSocketAddress> listeners,
            PluginTimeLimits limits) {
        super(jar, plugin, type);
        this.binding = binding;
        this.listeners = listeners;
        this.guard = new LoadBalancerGuard(jar.id(), type, plugin.classLoader(), limits);
    }

    @Override
    Set<InetSocketAddress> listeners() {
        return listeners;
    }

    /** The TCP port that it will listen on, the first if there are several; 0 if it listens on none. */
    public int port() {
        return listeners.stream().mapToInt(InetSocketAddress::getPort).min().orElse(0);
    }

    @Override
    Optional<String> trouble() {
        return guard.trouble().or(() -> jar().inspection().flaw());
    }

    /**
     * Makes the load balancer. Whatever the plugin throws later, the result never throws anything but
     * {@link InterruptedException}.
     *
     * @throws LoadBalancerUnavailableException if the plugin says so, or throws anything else
     */
    public LoadBalancer open(LoadBalancerContext context)
            throws LoadBalancerUnavailableException, InterruptedException {
        return guard.open(() -> binding.create(context));
    }
}
