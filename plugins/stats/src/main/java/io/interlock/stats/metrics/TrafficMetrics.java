package io.interlock.stats.metrics;

import io.interlock.api.stats.TrafficStats;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Traffic metrics of a listener, a backend or a server: the same metrics with different prefixes. */
final class TrafficMetrics {

    private static final double MILLIS = 1e3;

    /** Single labels: there are few, and each is created once. */
    private static final Map<String, Labels> ONE = new ConcurrentHashMap<>();

    private final MetricFamilies families;
    private final String prefix;
    private final Labels labels;

    TrafficMetrics(MetricFamilies families, String prefix, Labels labels) {
        this.families = families;
        this.prefix = prefix;
        this.labels = labels;
    }

    void add(TrafficStats traffic) {
        families.gauge(prefix + "_current_sessions", "Sessions at this moment.", traffic.currentSessions(), labels);
        families.counter(prefix + "_sessions", "Sessions so far.", traffic.sessions(), labels);
        families.counter(prefix + "_requests", "HTTP requests so far.", traffic.requests(), labels);
        families.counter(prefix + "_received_bytes", "Bytes from clients.", traffic.bytesIn(), labels);
        families.counter(prefix + "_sent_bytes", "Bytes to clients.", traffic.bytesOut(), labels);
        families.gauge(prefix + "_queued_requests", "Requests that wait for a server.", traffic.currentQueue(), labels);
        responses(traffic.responses());
        errors(traffic.errors());
        times(traffic.times());
    }

    private void responses(TrafficStats.Responses responses) {
        response("1xx", responses.informational());
        response("2xx", responses.successful());
        response("3xx", responses.redirections());
        response("4xx", responses.clientErrors());
        response("5xx", responses.serverErrors());
        response("other", responses.others());
    }

    private void response(String code, OptionalLong count) {
        families.counter(prefix + "_responses", "Responses by status.", count, with("code", code));
    }

    private void errors(TrafficStats.Errors errors) {
        error("request", errors.requests());
        error("denied", errors.denied());
        error("connection", errors.connections());
        error("response", errors.responses());
        error("client_abort", errors.clientAborts());
        error("server_abort", errors.serverAborts());
        families.counter(prefix + "_retries", "Connections tried again.", errors.retries(), labels);
        families.counter(
                prefix + "_redispatches", "Requests that went to another server.", errors.redispatches(), labels);
    }

    private void error(String kind, OptionalLong count) {
        families.counter(prefix + "_errors", "What went wrong, by kind.", count, with("kind", kind));
    }

    private void times(TrafficStats.Times times) {
        time("queue", times.queue());
        time("connect", times.connect());
        time("response", times.response());
        time("total", times.total());
    }

    private void time(String phase, OptionalLong millis) {
        millis.ifPresent(known -> families.gauge(
                prefix + "_time_average_seconds",
                "How long recent requests took on average, by phase.",
                known / MILLIS,
                with("phase", phase)));
    }

    private Labels with(String name, String value) {
        return labels.merge(ONE.computeIfAbsent(name + "=" + value, key -> Labels.of(name, value)));
    }
}
