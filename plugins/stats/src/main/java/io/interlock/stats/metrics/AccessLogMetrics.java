package io.interlock.stats.metrics;

import static io.interlock.stats.metrics.MetricFamily.counter;

import io.interlock.api.status.AccessLogStatus;
import io.interlock.api.status.LatencyHistogram;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Metrics of the log of requests, and the histograms that are counted from it. */
final class AccessLogMetrics {

    private static final List<MetricFamily<AccessLogStatus>> ACCESS_LOG = List.of(
            counter("interlock_access_log_written", "Requests logged.", AccessLogStatus::written),
            counter(
                    "interlock_access_log_dropped",
                    "Requests missing in the log, at least.",
                    AccessLogStatus::dropped));

    private static final List<MetricFamily<LatencyHistogram>> LATENCY = List.of(MetricFamily.histogram(
            "interlock_http_request_duration_seconds", "Durations of requests, as the request log has them."));

    private AccessLogMetrics() {}

    static void write(List<AccessLogStatus> destinations, MetricsTextWriter out) throws IOException {
        out.write(
                merged(destinations)::stream,
                destination -> MetricsTextWriter.labels("destination", destination.destination()),
                ACCESS_LOG);
        out.write(
                () -> destinations.stream().flatMap(destination -> destination.latencies().stream()),
                latency -> MetricsTextWriter.labels("code", latency.code(), "host", latency.host()),
                LATENCY);
    }

    /** Two destinations may be the same, with different filters. */
    private static List<AccessLogStatus> merged(List<AccessLogStatus> destinations) {
        return List.copyOf(destinations.stream()
                .collect(Collectors.toMap(
                        AccessLogStatus::destination,
                        one -> one,
                        (one, other) -> new AccessLogStatus(
                                one.destination(),
                                one.written() + other.written(),
                                one.dropped() + other.dropped(),
                                one.isDropping() || other.isDropping(),
                                one.reason()),
                        TreeMap::new))
                .values());
    }
}
