package io.interlock.app.loadbalancer;

import io.interlock.api.loadbalancer.AccessLogReceiver;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.ProxySettings;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Context that Interlock passes to the load balancer of a plugin.
 *
 * @param accessLog receives the log of requests
 * @param apply called when the load balancer requests an apply
 */
public record PluginLoadBalancerContext(
        String pluginId,
        Path dataDirectory,
        Clock clock,
        ProxySettings settings,
        AccessLogReceiver accessLog,
        Runnable apply)
        implements LoadBalancerContext {

    @Override
    public void requestApply() {
        apply.run();
    }
}
