package io.interlock.app.loadbalancer;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.topology.TopologySnapshot;
import java.time.Duration;

/** Receives the changes of load balancers and the results of their applies, on any thread; must be quick. */
public interface LoadBalancerObserver {

    /**
     * Called before a load balancer of this plugin is used, the first as well as a successor.
     *
     * @param port its listener's TCP port
     */
    default void opening(String pluginId, int port) {}

    /** Called when the load balancer of this plugin is no longer used. */
    default void ended(String pluginId) {}

    /** Called after each apply, whatever its result. */
    void applied(String pluginId, TopologySnapshot snapshot, ApplyResult result, Duration took);
}
