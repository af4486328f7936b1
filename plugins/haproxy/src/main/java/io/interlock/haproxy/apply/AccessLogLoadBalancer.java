package io.interlock.haproxy.apply;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.haproxy.accesslog.AccessLogFollower;
import io.interlock.haproxy.accesslog.AccessLogLineParser;
import io.interlock.haproxy.model.HaproxyPaths;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Load balancer whose log of requests is followed while it serves. */
public record AccessLogLoadBalancer(LoadBalancer served, AccessLogFollower follower) implements LoadBalancer {

    /**
     * Returns the load balancer, with its log of requests if somebody wants it.
     *
     * @param places the place of each backend in HAProxy's configuration
     */
    public static LoadBalancer ifWanted(
            LoadBalancer served,
            LoadBalancerContext context,
            HaproxyPaths layout,
            Supplier<Map<String, String>> places) {
        return context.settings()
                .listeners()
                .accessLog()
                .<LoadBalancer>map(wanted -> new AccessLogLoadBalancer(
                        served,
                        new AccessLogFollower(
                                layout.adminSocket(),
                                layout.accessLogPosition(),
                                new AccessLogLineParser(wanted, places),
                                context.accessLog())))
                .orElse(served);
    }

    @Override
    public ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException {
        follower.start();
        ApplyResult result = served.apply(snapshot);
        if (result instanceof ApplyResult.Applied) {
            follower.hint();
        }
        return result;
    }

    @Override
    public Set<Capability> capabilities() {
        return served.capabilities();
    }

    @Override
    public boolean proxyRuns() throws InterruptedException {
        return served.proxyRuns();
    }

    @Override
    public Optional<ProxyStats> stats() throws IOException, InterruptedException {
        return served.stats();
    }

    @Override
    public Optional<ConfigPreview> preview(TopologySnapshot snapshot) throws IOException, InterruptedException {
        return served.preview(snapshot);
    }

    @Override
    public void close() {
        follower.expectEnd();
        served.close();
        follower.finish();
    }

    @Override
    public void handOver() {
        follower.close();
        served.handOver();
    }
}
