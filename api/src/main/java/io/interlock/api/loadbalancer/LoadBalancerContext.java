package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
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

    /**
     * Returns the receiver of the log of requests. A load balancer that does not support {@link
     * ListenerSettings#accessLog} never uses it, and says so in its documentation.
     */
    @Experimental
    default AccessLogReceiver accessLog() {
        return AccessLogReceiver.NONE;
    }
}
