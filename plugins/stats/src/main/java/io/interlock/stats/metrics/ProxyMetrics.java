package io.interlock.stats.metrics;

import io.interlock.api.stats.BackendStats;
import io.interlock.api.stats.ListenerStats;
import io.interlock.api.stats.ProxyProcessStats;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.stats.ServerStats;
import io.prometheus.metrics.model.snapshots.Labels;

/** Metrics of one load balancer's proxy. */
final class ProxyMetrics {

    private static final String LOAD_BALANCER = "load_balancer";

    private final MetricFamilies families;
    private final String id;

    /**
     * @param id the load balancer's plugin id
     */
    ProxyMetrics(MetricFamilies families, String id) {
        this.families = families;
        this.id = id;
    }

    void add(ProxyStats proxy) {
        process(proxy.process());
        proxy.listeners().forEach(this::listener);
        proxy.backends().forEach(this::backend);
        proxy.refusals()
                .forEach((reason, requests) -> families.counter(
                        "interlock_proxy_refused_requests",
                        "Requests that the proxy refused because applications could read them differently.",
                        requests,
                        Labels.of(LOAD_BALANCER, id, "reason", reason)));
    }

    private void process(ProxyProcessStats process) {
        process.version()
                .ifPresent(version -> families.gauge(
                        "interlock_proxy_info", "The proxy's version.", 1, LOAD_BALANCER, id, "version", version));
        process.uptime()
                .ifPresent(uptime -> families.gauge(
                        "interlock_proxy_uptime_seconds",
                        "Since the process that serves was started.",
                        MetricFamilies.seconds(uptime),
                        LOAD_BALANCER,
                        id));
        String workers = "Processes that serve, and those that were replaced and finish what they have.";
        process.workers()
                .ifPresent(count -> families.gauge(
                        "interlock_proxy_workers", workers, count, LOAD_BALANCER, id, "state", "current"));
        process.oldWorkers()
                .ifPresent(count ->
                        families.gauge("interlock_proxy_workers", workers, count, LOAD_BALANCER, id, "state", "old"));
        families.gauge(
                "interlock_proxy_connections",
                "Client connections at this moment.",
                process.connections(),
                LOAD_BALANCER,
                id);
        families.gauge(
                "interlock_proxy_max_connections",
                "The most client connections at one time.",
                process.maxConnections(),
                LOAD_BALANCER,
                id);
    }

    private void listener(ListenerStats listener) {
        Labels labels = Labels.of(LOAD_BALANCER, id, "listener", listener.name());
        new TrafficMetrics(families, "interlock_listener", labels).add(listener.traffic());
    }

    private void backend(BackendStats backend) {
        Labels labels = Labels.of(LOAD_BALANCER, id, "backend", backend.name());
        families.gauge(
                "interlock_backend_up", "Whether a server can take requests now.", backend.available() ? 1 : 0, labels);
        new TrafficMetrics(families, "interlock_backend", labels).add(backend.traffic());
        backend.servers().forEach(server -> server(backend.name(), server));
    }

    private void server(String backend, ServerStats server) {
        Labels labels = Labels.of(LOAD_BALANCER, id, "backend", backend, "server", server.name());
        families.gauge(
                "interlock_server_up",
                "Whether the server takes requests.",
                server.state() == ServerStats.State.UP || server.state() == ServerStats.State.UNCHECKED ? 1 : 0,
                labels);
        families.gauge(
                "interlock_server_draining",
                "Whether the server finishes what it has.",
                server.state() == ServerStats.State.DRAINING ? 1 : 0,
                labels);
        server.weight()
                .ifPresent(weight -> families.gauge(
                        "interlock_server_weight", "The server's share, relative to the others.", weight, labels));
        server.downtime()
                .ifPresent(downtime -> families.counter(
                        "interlock_server_downtime_seconds",
                        "How long the server has been down.",
                        MetricFamilies.seconds(downtime),
                        labels));
        server.check()
                .flatMap(ServerStats.Check::took)
                .ifPresent(took -> families.gauge(
                        "interlock_server_check_duration_seconds",
                        "How long the last health check took.",
                        MetricFamilies.seconds(took),
                        labels));
        new TrafficMetrics(families, "interlock_server", labels).add(server.traffic());
    }
}
