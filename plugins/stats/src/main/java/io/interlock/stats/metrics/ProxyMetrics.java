package io.interlock.stats.metrics;

import io.interlock.api.stats.BackendStats;
import io.interlock.api.stats.ListenerStats;
import io.interlock.api.stats.ProxyProcessStats;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.stats.ServerStats;
import io.interlock.api.stats.TrafficStats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Metrics of the proxies of load balancers. */
final class ProxyMetrics {

    private static final String LOAD_BALANCER = "load_balancer";

    private static final List<MetricFamily<ProxySeries>> PROCESS = List.of(
            MetricFamily.gauges(
                    "interlock_proxy_info",
                    "The proxy's version.",
                    (proxy, out) -> proxy.process().version().ifPresent(version -> out.add("version", version, 1))),
            MetricFamily.gauges(
                    "interlock_proxy_uptime_seconds",
                    "Since the process that serves was started.",
                    (proxy, out) -> proxy.process().uptime().ifPresent(time -> out.add(MetricFamily.seconds(time)))),
            MetricFamily.gauges(
                    "interlock_proxy_workers",
                    "Processes that serve, and those that were replaced and finish what they have.",
                    (proxy, out) -> {
                        proxy.process().workers().ifPresent(count -> out.add("state", "current", count));
                        proxy.process().oldWorkers().ifPresent(count -> out.add("state", "old", count));
                    }),
            MetricFamily.gauges(
                    "interlock_proxy_connections",
                    "Client connections at this moment.",
                    (proxy, out) -> out.add(proxy.process().connections())),
            MetricFamily.gauges(
                    "interlock_proxy_max_connections",
                    "The most client connections at one time.",
                    (proxy, out) -> out.add(proxy.process().maxConnections())),
            MetricFamily.counters(
                    "interlock_proxy_refused_requests",
                    "Requests that the proxy refused because applications could read them differently.",
                    (proxy, out) -> proxy.refusals().forEach((reason, count) -> out.add("reason", reason, count))));

    private static final List<MetricFamily<ListenerSeries>> LISTENER =
            traffic("interlock_listener", series -> series.listener().traffic());

    private static final List<MetricFamily<BackendSeries>> BACKEND = joined(
            List.of(MetricFamily.gauge(
                    "interlock_backend_up",
                    "Whether a server can take requests now.",
                    series -> MetricFamily.flag(series.backend().available()))),
            traffic("interlock_backend", series -> series.backend().traffic()));

    private static final List<MetricFamily<ServerSeries>> SERVER = joined(
            List.of(
                    MetricFamily.gauge(
                            "interlock_server_up",
                            "Whether the server takes requests.",
                            series -> MetricFamily.flag(series.server().state() == ServerStats.State.UP
                                    || series.server().state() == ServerStats.State.UNCHECKED)),
                    MetricFamily.gauge(
                            "interlock_server_draining",
                            "Whether the server finishes what it has.",
                            series -> MetricFamily.flag(series.server().state() == ServerStats.State.DRAINING)),
                    MetricFamily.gauges(
                            "interlock_server_weight",
                            "The server's share, relative to the others.",
                            (series, out) -> series.server().weight().ifPresent(weight -> out.add(weight))),
                    MetricFamily.counters(
                            "interlock_server_downtime_seconds",
                            "How long the server has been down.",
                            (series, out) ->
                                    series.server().downtime().ifPresent(time -> out.add(MetricFamily.seconds(time)))),
                    MetricFamily.gauges(
                            "interlock_server_check_duration_seconds",
                            "How long the last health check took.",
                            (series, out) -> series.server()
                                    .check()
                                    .flatMap(ServerStats.Check::took)
                                    .ifPresent(time -> out.add(MetricFamily.seconds(time))))),
            traffic("interlock_server", series -> series.server().traffic()));

    private ProxyMetrics() {}

    private record ProxySeries(String id, ProxyProcessStats process, Map<String, Long> refusals) {}

    private record ListenerSeries(String id, ListenerStats listener) {}

    private record BackendSeries(String id, BackendStats backend) {}

    private record ServerSeries(String id, String backend, ServerStats server) {}

    /**
     * Writes the metrics.
     *
     * @param proxies by plugin id
     */
    static void write(Map<String, ProxyStats> proxies, MetricsTextWriter out) throws IOException {
        out.write(
                () -> proxies.entrySet().stream()
                        .map(proxy -> new ProxySeries(
                                proxy.getKey(),
                                proxy.getValue().process(),
                                proxy.getValue().refusals())),
                series -> MetricsTextWriter.labels(LOAD_BALANCER, series.id()),
                PROCESS);
        out.write(
                () -> proxies.entrySet().stream()
                        .flatMap(proxy -> proxy.getValue().listeners().stream()
                                .map(listener -> new ListenerSeries(proxy.getKey(), listener))),
                series -> MetricsTextWriter.labels("listener", series.listener().name(), LOAD_BALANCER, series.id()),
                LISTENER);
        out.write(
                () -> backends(proxies),
                series -> MetricsTextWriter.labels("backend", series.backend().name(), LOAD_BALANCER, series.id()),
                BACKEND);
        out.write(
                () -> backends(proxies)
                        .flatMap(series -> series.backend().servers().stream()
                                .map(server -> new ServerSeries(
                                        series.id(), series.backend().name(), server))),
                series -> MetricsTextWriter.labels(
                        "backend",
                        series.backend(),
                        LOAD_BALANCER,
                        series.id(),
                        "server",
                        series.server().name()),
                SERVER);
    }

    private static Stream<BackendSeries> backends(Map<String, ProxyStats> proxies) {
        return proxies.entrySet().stream()
                .flatMap(proxy -> proxy.getValue().backends().stream()
                        .map(backend -> new BackendSeries(proxy.getKey(), backend)));
    }

    private static <T> List<MetricFamily<T>> traffic(String prefix, Function<T, TrafficStats> part) {
        return TrafficMetrics.of(prefix).stream().map(family -> family.of(part)).toList();
    }

    private static <T> List<MetricFamily<T>> joined(List<MetricFamily<T>> one, List<MetricFamily<T>> other) {
        List<MetricFamily<T>> all = new ArrayList<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }
}
