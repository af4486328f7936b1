package io.interlock.app.loadbalancer;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.topology.TopologySnapshot;
import java.time.Duration;

/** Is told of load balancers and of their applies, on any thread; must be quick. */
public interface LoadBalancerObserver {

    /**
     * A load balancer of this plugin is about to be used, whether the first or a successor.
     *
     * @param port its listener's TCP port
     */
    default void opening(String pluginId, int port) {}

    /** The load balancer of this plugin is no longer used. */
    default void ended(String pluginId) {}

    /** An apply ended, whatever came of it. */
    void applied(String pluginId, TopologySnapshot snapshot, ApplyResult result, Duration took);
}
