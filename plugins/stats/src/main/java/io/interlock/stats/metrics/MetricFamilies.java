package io.interlock.stats.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Collects the samples of one scrape by metric. An unknown value gives no sample. Confined to one thread.
 *
 * <p>Labels are given as names and values in turn.
 */
final class MetricFamilies {

    /** The client library appends {@code _total} to the name of a counter itself. */
    private final Map<String, MetricSnapshot.Builder<?>> builders = new LinkedHashMap<>();

    void gauge(String name, String help, double value, String... labels) {
        gauge(name, help, value, Labels.of(labels));
    }

    /** Adds a gauge with existing labels: creating labels costs more than the rest of a sample. */
    void gauge(String name, String help, double value, Labels labels) {
        GaugeSnapshot.Builder builder = (GaugeSnapshot.Builder) builders.computeIfAbsent(
                name, key -> GaugeSnapshot.builder().name(key).help(help));
        builder.dataPoint(
                GaugeDataPointSnapshot.builder().value(value).labels(labels).build());
    }

    void gauge(String name, String help, long value, String... labels) {
        gauge(name, help, (double) value, labels);
    }

    void gauge(String name, String help, OptionalLong value, String... labels) {
        value.ifPresent(known -> gauge(name, help, known, labels));
    }

    void gauge(String name, String help, boolean value, String... labels) {
        gauge(name, help, value ? 1L : 0L, labels);
    }

    void counter(String name, String help, double value, String... labels) {
        counter(name, help, value, Labels.of(labels));
    }

    /** As {@link #gauge(String, String, double, Labels)}. */
    void counter(String name, String help, double value, Labels labels) {
        CounterSnapshot.Builder builder = (CounterSnapshot.Builder) builders.computeIfAbsent(
                name, key -> CounterSnapshot.builder().name(key).help(help));
        builder.dataPoint(
                CounterDataPointSnapshot.builder().value(value).labels(labels).build());
    }

    void counter(String name, String help, long value, String... labels) {
        counter(name, help, (double) value, labels);
    }

    void counter(String name, String help, OptionalLong value, String... labels) {
        value.ifPresent(known -> counter(name, help, known, labels));
    }

    void gauge(String name, String help, OptionalLong value, Labels labels) {
        value.ifPresent(known -> gauge(name, help, (double) known, labels));
    }

    void counter(String name, String help, OptionalLong value, Labels labels) {
        value.ifPresent(known -> counter(name, help, (double) known, labels));
    }

    /** Adds the number of times that something was done, and the total duration. */
    void times(String name, String help, long count, Duration total, String... labels) {
        SummarySnapshot.Builder builder = (SummarySnapshot.Builder) builders.computeIfAbsent(
                name, key -> SummarySnapshot.builder().name(key).help(help));
        builder.dataPoint(SummaryDataPointSnapshot.builder()
                .count(count)
                .sum(seconds(total))
                .labels(Labels.of(labels))
                .build());
    }

    MetricSnapshots snapshots() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        builders.values().forEach(builder -> all.metricSnapshot(builder.build()));
        return all.build();
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
