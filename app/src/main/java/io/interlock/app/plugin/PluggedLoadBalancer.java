package io.interlock.app.plugin;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.LoadBalancerFactory;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;

/** A load balancer that a plugin offers, with its configuration bound, ready to be opened once. */
public final class PluggedLoadBalancer {

    private final String pluginId;
    private final String version;
    private final Binding<?> binding;
    private final PluginGuard guard;

    PluggedLoadBalancer(String pluginId, String version, Binding<?> binding, PluginGuard guard) {
        this.pluginId = pluginId;
        this.version = version;
        this.binding = binding;
        this.guard = guard;
    }

    /** A factory with a configuration of the type that it asked for. */
    record Binding<C>(LoadBalancerFactory<C> factory, C config) {
        LoadBalancer create(LoadBalancerContext context) throws LoadBalancerUnavailableException, InterruptedException {
            return factory.create(config, context);
        }
    }

    public String pluginId() {
        return pluginId;
    }

    public String version() {
        return version;
    }

    /**
     * Makes the load balancer. Whatever the plugin throws later, the result never throws anything but
     * {@link InterruptedException}.
     *
     * @throws LoadBalancerUnavailableException if the plugin says so, or throws anything else
     */
    public LoadBalancer open(LoadBalancerContext context)
            throws LoadBalancerUnavailableException, InterruptedException {
        return guard.guarded(guard.open(() -> binding.create(context)));
    }
}
