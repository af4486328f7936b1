package io.interlock.stats.metrics;

import io.interlock.api.stats.TrafficStats;
import io.interlock.stats.metrics.MetricFamily.SampleCollector;
import java.util.List;
import java.util.OptionalLong;

/** Traffic metrics of a listener, a backend or a server: the same metrics with different prefixes. */
final class TrafficMetrics {

    private static final double MILLIS = 1e3;

    private TrafficMetrics() {}

    static List<MetricFamily<TrafficStats>> of(String prefix) {
        return List.of(
                MetricFamily.gauges(
                        prefix + "_current_sessions",
                        "Sessions at this moment.",
                        (traffic, out) -> out.add(traffic.currentSessions())),
                MetricFamily.counters(
                        prefix + "_sessions", "Sessions so far.", (traffic, out) -> out.add(traffic.sessions())),
                MetricFamily.counters(
                        prefix + "_requests", "HTTP requests so far.", (traffic, out) -> out.add(traffic.requests())),
                MetricFamily.counters(
                        prefix + "_received_bytes",
                        "Bytes from clients.",
                        (traffic, out) -> out.add(traffic.bytesIn())),
                MetricFamily.counters(
                        prefix + "_sent_bytes", "Bytes to clients.", (traffic, out) -> out.add(traffic.bytesOut())),
                MetricFamily.gauges(
                        prefix + "_queued_requests",
                        "Requests that wait for a server.",
                        (traffic, out) -> out.add(traffic.currentQueue())),
                MetricFamily.counters(
                        prefix + "_responses",
                        "Responses by status.",
                        (traffic, out) -> responses(traffic.responses(), out)),
                MetricFamily.counters(
                        prefix + "_errors",
                        "What went wrong, by kind.",
                        (traffic, out) -> errors(traffic.errors(), out)),
                MetricFamily.counters(
                        prefix + "_retries",
                        "Connections tried again.",
                        (traffic, out) -> out.add(traffic.errors().retries())),
                MetricFamily.counters(
                        prefix + "_redispatches",
                        "Requests that went to another server.",
                        (traffic, out) -> out.add(traffic.errors().redispatches())),
                MetricFamily.gauges(
                        prefix + "_time_average_seconds",
                        "How long recent requests took on average, by phase.",
                        (traffic, out) -> times(traffic.times(), out)));
    }

    private static void responses(TrafficStats.Responses responses, SampleCollector out) {
        out.add("code", "1xx", responses.informational());
        out.add("code", "2xx", responses.successful());
        out.add("code", "3xx", responses.redirections());
        out.add("code", "4xx", responses.clientErrors());
        out.add("code", "5xx", responses.serverErrors());
        out.add("code", "other", responses.others());
    }

    private static void errors(TrafficStats.Errors errors, SampleCollector out) {
        out.add("kind", "request", errors.requests());
        out.add("kind", "denied", errors.denied());
        out.add("kind", "connection", errors.connections());
        out.add("kind", "response", errors.responses());
        out.add("kind", "client_abort", errors.clientAborts());
        out.add("kind", "server_abort", errors.serverAborts());
    }

    private static void times(TrafficStats.Times times, SampleCollector out) {
        time("queue", times.queue(), out);
        time("connect", times.connect(), out);
        time("response", times.response(), out);
        time("total", times.total(), out);
    }

    private static void time(String phase, OptionalLong millis, SampleCollector out) {
        millis.ifPresent(known -> out.add("phase", phase, known / MILLIS));
    }
}
