package io.interlock.app.plugin;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.LoadBalancerFactory;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.app.plugin.guard.LoadBalancerGuard;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.plugin.jar.StagedJar;
import io.interlock.pluginhost.LoadedPlugin;
import io.interlock.pluginhost.PluginSectionBinder;
import io.interlock.pluginhost.PluginSectionBinder.SectionException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/**
 * Plugin for a load balancer, loaded and with its configuration bound. It can be opened, and opened again once the
 * earlier load balancer has ended; finally it is released. Safe for all threads.
 */
public final class LoadBalancerPlugin extends ConfiguredPlugin {

    private final LoadBalancerFactoryBinding<?> binding;
    private final Set<InetSocketAddress> listeners;
    private final LoadBalancerGuard guard;

    LoadBalancerPlugin(
            StagedJar jar,
            LoadedPlugin plugin,
            PluginStamp stamp,
            LoadBalancerFactoryBinding<?> binding,
            String type,
            Set<InetSocketAddress> listeners,
            PluginTimeLimits limits) {
        super(jar, plugin, stamp, type);
        this.binding = binding;
        this.listeners = listeners;
        this.guard = new LoadBalancerGuard(jar.id(), type, plugin.classLoader(), limits);
    }

    @Override
    Set<InetSocketAddress> listeners() {
        return listeners;
    }

    /** The lowest TCP port that it will listen on; 0 if it listens on none. */
    public int port() {
        return listeners.stream().mapToInt(InetSocketAddress::getPort).min().orElse(0);
    }

    /** Factory with a configuration of the type that it requires. */
    record LoadBalancerFactoryBinding<C>(LoadBalancerFactory<C> factory, C config) {

        Set<InetSocketAddress> listeners(ProxySettings settings) {
            return PluginListeners.checked(factory.listeners(config, settings));
        }

        Optional<String> refusal(PluginSectionBinder changed) throws SectionException {
            return factory.refusal(config, changed.bind(factory.configType()));
        }

        LoadBalancer create(LoadBalancerContext context) throws LoadBalancerUnavailableException, InterruptedException {
            return factory.create(config, context);
        }
    }

    /** The operator's general settings that it was created with. */
    public ProxySettings settings() {
        return stamp().settings().orElseThrow();
    }

    @Override
    Optional<String> refusal(PluginSectionBinder changed) throws SectionException {
        return guard.handsOver()
                ? binding.refusal(changed)
                : Optional.of("it does not hand its proxy over to a successor, so that requests would be lost");
    }

    @Override
    Optional<String> trouble() {
        return guard.trouble().or(() -> jar().inspection().flaw());
    }

    /**
     * Creates the load balancer. The result throws no exception but {@link InterruptedException}, whatever the plugin
     * throws later.
     *
     * @throws LoadBalancerUnavailableException if the plugin throws it, or anything else
     */
    public LoadBalancer open(LoadBalancerContext context)
            throws LoadBalancerUnavailableException, InterruptedException {
        return guard.open(() -> binding.create(context));
    }
}
