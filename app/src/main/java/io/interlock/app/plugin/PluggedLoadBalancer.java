package io.interlock.app.plugin;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.pluginhost.LoadedPlugin;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A load balancer that a plugin offers, loaded and with its configuration bound. It can be opened, and once that one has
 * ended, opened again; in the end it is released. Any thread.
 */
public final class PluggedLoadBalancer {

    private final StagedJar jar;
    private final LoadedPlugin plugin;
    private final Binding<?> binding;
    private final String type;
    private final Set<InetSocketAddress> listeners;
    private final PluginGuard guard;

    PluggedLoadBalancer(
            StagedJar jar,
            LoadedPlugin plugin,
            Binding<?> binding,
            String type,
            Set<InetSocketAddress> listeners,
            Limits limits) {
        this.jar = jar;
        this.plugin = plugin;
        this.binding = binding;
        this.type = type;
        this.listeners = listeners;
        this.guard = new PluginGuard(jar.id(), type, plugin.classLoader(), limits);
    }

    public String pluginId() {
        return jar.id();
    }

    public String version() {
        return jar.version();
    }

    /** What kind of load balancer it is, for people. */
    public String type() {
        return type;
    }

    /** The TCP port that it will listen on, the first if there are several; 0 if it listens on none. */
    public int port() {
        return listeners.stream().mapToInt(InetSocketAddress::getPort).min().orElse(0);
    }

    StagedJar jar() {
        return jar;
    }

    /** Where it will listen. */
    public Set<InetSocketAddress> listeners() {
        return listeners;
    }

    /** What is wrong with it just now; empty if nothing is known to be. */
    Optional<String> trouble() {
        return guard.trouble().or(() -> jar.inspection().flaw());
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

    /** Gives up its classes, where nothing was opened. */
    void discard() {
        plugin.close();
    }

    /**
     * Gives up its classes, after the load balancers that it made have ended. Threads of its own that still run are
     * interrupted.
     *
     * @param grace how long they are waited for
     * @return what it left behind, for people; empty if nothing
     */
    public Optional<String> release(Duration grace) throws InterruptedException {
        try {
            return Leftovers.clear(plugin.classLoader(), grace);
        } finally {
            plugin.close();
        }
    }
}
