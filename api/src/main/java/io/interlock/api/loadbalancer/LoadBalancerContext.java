package io.interlock.api.loadbalancer;

import io.interlock.api.plugin.PluginContext;

/** Services of the host for one load balancer. All methods may be called from any thread. */
public interface LoadBalancerContext extends PluginContext {

    /** Returns the operator's general settings, which do not change while the load balancer lives. */
    ProxySettings settings();

    /**
     * Asks the host to call {@link LoadBalancer#apply} soon with the latest topology, even if it has not changed. A
     * load balancer does this when it notices that its proxy died or differs from what was applied. Returns at once.
     * Several requests may lead to one call. After {@link LoadBalancer#close} it does nothing.
     */
    void requestApply();
}
