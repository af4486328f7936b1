package io.interlock.api.loadbalancer;

import io.interlock.api.plugin.PluginContext;

/** The host's side of one load balancer. All methods may be called from any thread. */
public interface LoadBalancerContext extends PluginContext {

    /** The operator's general settings; they do not change while the load balancer lives. */
    ProxySettings settings();

    /**
     * Asks the host to call {@link LoadBalancer#apply} soon with the latest topology, even if it has not changed: what
     * a load balancer does when it notices that its proxy died or differs from what was applied. Returns at once; several
     * requests may lead to one call; after {@link LoadBalancer#close} it does nothing.
     */
    void requestApply();
}
