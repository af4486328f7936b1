package io.interlock.stats.metrics;

/** Text formats that Prometheus reads. */
public enum MetricsFormat {
    /** https://prometheus.io/docs/instrumenting/exposition_formats/ */
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
    /** https://prometheus.io/docs/specs/om/open_metrics_spec/ */
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String contentType;

    MetricsFormat(String contentType) {
        this.contentType = contentType;
    }

    /** The format for a client that sends this header {@code Accept}. */
    public static MetricsFormat of(String accept) {
        return accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
    }

    /** The HTTP content type. */
    public String contentType() {
        return contentType;
    }
}
