package io.interlock.stats.metrics;

import io.interlock.api.status.LatencyHistogram;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Metric of one kind of objects.
 *
 * @param name the name without the suffix of a counter
 * @param sampler adds the samples of one object
 */
record MetricFamily<T>(String name, MetricType type, String help, Sampler<T> sampler) {

    /** Type of a metric. */
    enum MetricType {
        GAUGE("gauge", ""),
        COUNTER("counter", "_total"),
        /** Number and total of durations, without quantiles. */
        SUMMARY("summary", ""),
        /** Durations by their upper bounds. */
        HISTOGRAM("histogram", "");

        private final String text;
        private final String suffix;

        MetricType(String text, String suffix) {
            this.text = text;
            this.suffix = suffix;
        }

        String text() {
            return text;
        }

        /** The end of the names of samples. */
        String suffix() {
            return suffix;
        }
    }

    /** Adds the samples of an object. */
    @FunctionalInterface
    interface Sampler<T> {
        void sample(T object, SampleCollector out);
    }

    /** Takes the samples of one object, which share its labels. */
    interface SampleCollector {

        void add(double value);

        /** Adds a sample with another label. */
        void add(String label, String labelValue, double value);

        /** Adds the number and the total of durations. */
        void add(long count, Duration total);

        /** Adds the number and the total of durations with another label. */
        void add(String label, String labelValue, long count, Duration total);

        /** Adds the numbers of durations up to each bound, their number and their total. */
        void add(LatencyHistogram histogram);

        default void add(long value) {
            add((double) value);
        }

        /** Adds a sample with another label. */
        default void add(String label, String labelValue, long value) {
            add(label, labelValue, (double) value);
        }

        /** Adds a sample unless the value is unknown. */
        default void add(OptionalLong value) {
            value.ifPresent(this::add);
        }

        /** Adds a sample with another label unless the value is unknown. */
        default void add(String label, String labelValue, OptionalLong value) {
            value.ifPresent(known -> add(label, labelValue, known));
        }
    }

    static <T> MetricFamily<T> gauge(String name, String help, ToDoubleFunction<T> value) {
        return new MetricFamily<>(name, MetricType.GAUGE, help, (object, out) -> out.add(value.applyAsDouble(object)));
    }

    static <T> MetricFamily<T> gauges(String name, String help, Sampler<T> sampler) {
        return new MetricFamily<>(name, MetricType.GAUGE, help, sampler);
    }

    static <T> MetricFamily<T> counter(String name, String help, ToDoubleFunction<T> value) {
        return new MetricFamily<>(
                name, MetricType.COUNTER, help, (object, out) -> out.add(value.applyAsDouble(object)));
    }

    static <T> MetricFamily<T> counters(String name, String help, Sampler<T> sampler) {
        return new MetricFamily<>(name, MetricType.COUNTER, help, sampler);
    }

    static <T> MetricFamily<T> summaries(String name, String help, Sampler<T> sampler) {
        return new MetricFamily<>(name, MetricType.SUMMARY, help, sampler);
    }

    static MetricFamily<LatencyHistogram> histogram(String name, String help) {
        return new MetricFamily<>(name, MetricType.HISTOGRAM, help, (object, out) -> out.add(object));
    }

    /** The same metric of objects that have a part with this metric. */
    <S> MetricFamily<S> of(Function<S, T> part) {
        return new MetricFamily<>(name, type, help, (object, out) -> sampler.sample(part.apply(object), out));
    }

    static double flag(boolean set) {
        return set ? 1 : 0;
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
