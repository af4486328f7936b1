package io.interlock.app.loadbalancer;

import io.interlock.api.loadbalancer.AccessLogReceiver;
import io.interlock.app.plugin.PluginDataFolders;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import java.util.List;

/**
 * Services and settings that all load balancers share.
 *
 * @param topology source of the topologies that they must serve
 * @param folders the folders of their files
 * @param observers receive the changes and applies of load balancers
 * @param accessLog receives the log of requests
 * @param limits time limits of their calls
 */
public record LoadBalancerEnvironment(
        TopologyPublisher topology,
        PluginDataFolders folders,
        List<LoadBalancerObserver> observers,
        AccessLogReceiver accessLog,
        PluginTimeLimits limits) {
    public LoadBalancerEnvironment {
        observers = List.copyOf(observers);
    }
}
