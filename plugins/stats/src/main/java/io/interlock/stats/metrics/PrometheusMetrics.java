package io.interlock.stats.metrics;

import io.interlock.api.sink.StatsSnapshot;
import io.interlock.stats.webhook.WebhookCounts;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.TreeMap;

/** Writes all metrics of a snapshot for Prometheus. */
public final class PrometheusMetrics {

    private PrometheusMetrics() {}

    /** Writes all metrics while they are read; a load balancer without statistics has none. Leaves the stream open. */
    public static void write(
            StatsSnapshot snapshot, List<WebhookCounts> webhooks, MetricsFormat format, OutputStream out)
            throws IOException {
        MetricsTextWriter text = new MetricsTextWriter(out, format);
        InterlockMetrics.write(snapshot.host(), text);
        ProxyMetrics.write(new TreeMap<>(snapshot.proxies()), text);
        WebhookMetrics.write(webhooks, text);
        text.end();
    }
}
