package io.interlock.app.loadbalancer;

import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import java.util.List;

/**
 * What all load balancers have in common.
 *
 * @param settings the operator's general settings
 * @param topology what they are to serve
 * @param folders where they keep files
 * @param observers are told of them
 * @param limits how long their calls may take
 */
public record LoadBalancerEnvironment(
        ProxySettings settings,
        TopologyPublisher topology,
        PluginDataFolders folders,
        List<LoadBalancerObserver> observers,
        PluginTimeLimits limits) {
    public LoadBalancerEnvironment {
        observers = List.copyOf(observers);
    }
}
