package io.interlock.stats.metrics;

import io.interlock.api.sink.StatsSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.TreeMap;

/** Converts a snapshot to all metrics for Prometheus. */
public final class PrometheusMetrics {

    private PrometheusMetrics() {}

    /** All metrics; a load balancer without statistics has none. */
    public static MetricSnapshots of(StatsSnapshot snapshot) {
        MetricFamilies families = new MetricFamilies();
        new InterlockMetrics(families).add(snapshot.host());
        new TreeMap<>(snapshot.proxies()).forEach((id, proxy) -> new ProxyMetrics(families, id).add(proxy));
        return families.snapshots();
    }
}
