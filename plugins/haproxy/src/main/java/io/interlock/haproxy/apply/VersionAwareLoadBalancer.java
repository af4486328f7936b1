package io.interlock.haproxy.apply;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.runtime.RuntimeApi;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Load balancer on an HAProxy that another program starts, and may replace by another version. The configuration and
 * the commands depend on the version.
 */
public final class VersionAwareLoadBalancer implements LoadBalancer {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    private final RuntimeApi api;
    private final Function<HaproxyVersion, LoadBalancer> factory;
    private HaproxyVersion version;
    private volatile LoadBalancer current;

    /**
     * @param assumed the version while HAProxy does not run
     * @param factory creates a load balancer for a version
     */
    public VersionAwareLoadBalancer(
            RuntimeApi api, HaproxyVersion assumed, Function<HaproxyVersion, LoadBalancer> factory) {
        this.api = api;
        this.factory = factory;
        this.version = assumed;
        this.current = factory.apply(assumed);
    }

    @Override
    public ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException {
        HaproxyVersion now = ask();
        if (!now.equals(version)) {
            log.info("HAProxy {} runs, not {}", now, version);
            current.close();
            current = factory.apply(now);
            version = now;
        }
        return current.apply(snapshot);
    }

    @Override
    public Set<Capability> capabilities() {
        return current.capabilities();
    }

    @Override
    public boolean proxyRuns() throws InterruptedException {
        return current.proxyRuns();
    }

    @Override
    public Optional<ProxyStats> stats() throws IOException, InterruptedException {
        return current.stats();
    }

    @Override
    public Optional<ConfigPreview> preview(TopologySnapshot snapshot) throws IOException, InterruptedException {
        return current.preview(snapshot);
    }

    @Override
    public void handOver() {
        current.handOver();
    }

    @Override
    public void close() {
        current.close();
    }

    private HaproxyVersion ask() throws InterruptedException {
        try {
            return api.version().orElse(version);
        } catch (IOException e) {
            // HAProxy does not run, or does not answer; the load balancer finds out which.
            return version;
        }
    }
}
