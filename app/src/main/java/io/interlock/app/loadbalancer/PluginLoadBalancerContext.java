package io.interlock.app.loadbalancer;

import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.ProxySettings;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What a plugin's load balancer gets to know of Interlock.
 *
 * @param apply is run when the load balancer asks for an apply
 */
public record PluginLoadBalancerContext(
        String pluginId, Path dataDirectory, Clock clock, ProxySettings settings, Runnable apply)
        implements LoadBalancerContext {

    @Override
    public void requestApply() {
        apply.run();
    }
}
