package io.interlock.stats.metrics;

import io.interlock.api.status.LatencyHistogram;
import io.interlock.stats.metrics.MetricFamily.MetricType;
import io.interlock.stats.metrics.MetricFamily.SampleCollector;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Writes metrics as text, each sample as it comes: nothing is kept, so that the number of samples does not matter.
 * Metrics without samples are omitted. Confined to one thread.
 */
final class MetricsTextWriter {

    private final Writer out;
    private final MetricsFormat format;

    MetricsTextWriter(OutputStream out, MetricsFormat format) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.format = format;
    }

    /** Labels as text, of names and values in turn. */
    static List<String> labels(String... namesAndValues) {
        List<String> labels = new ArrayList<>(namesAndValues.length / 2);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            StringBuilder text = new StringBuilder(namesAndValues[i]).append("=\"");
            escape(namesAndValues[i + 1], true, text);
            labels.add(text.append('"').toString());
        }
        return labels;
    }

    /** Writes metrics of one object without labels. */
    <T> void write(T object, List<MetricFamily<T>> families) throws IOException {
        write(() -> Stream.of(object), any -> List.of(), families);
    }

    /**
     * Writes metrics of objects.
     *
     * @param objects gives the objects once for each metric
     * @param labels the labels of an object in the order of their names, see {@link #labels(String...)}
     */
    <T> void write(Supplier<Stream<T>> objects, Function<T, List<String>> labels, List<MetricFamily<T>> families)
            throws IOException {
        try {
            for (MetricFamily<T> family : families) {
                FamilyCollector samples = new FamilyCollector(family);
                objects.get().forEach(object -> {
                    samples.labels = labels.apply(object);
                    family.sampler().sample(object, samples);
                });
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Writes the end, and leaves the stream open. */
    void end() throws IOException {
        if (format == MetricsFormat.OPEN_METRICS) {
            out.write("# EOF\n");
        }
        out.flush();
    }

    private final class FamilyCollector implements SampleCollector {

        private final MetricFamily<?> family;
        private List<String> labels = List.of();
        private boolean begun;

        FamilyCollector(MetricFamily<?> family) {
            this.family = family;
        }

        @Override
        public void add(double value) {
            sample(family.type().suffix(), "", value);
        }

        @Override
        public void add(String label, String labelValue, double value) {
            sample(family.type().suffix(), labels(label, labelValue).getFirst(), value);
        }

        @Override
        public void add(String label, String labelValue, long count, Duration total) {
            String another = labels(label, labelValue).getFirst();
            sample("_count", another, (double) count);
            sample("_sum", another, MetricFamily.seconds(total));
        }

        @Override
        public void add(long count, Duration total) {
            sample("_count", "", (double) count);
            sample("_sum", "", MetricFamily.seconds(total));
        }

        @Override
        public void add(LatencyHistogram histogram) {
            long upTo = 0;
            for (int i = 0; i < LatencyHistogram.BOUNDS.size(); i++) {
                upTo += histogram.counts().get(i);
                bucket(Double.toString(MetricFamily.seconds(LatencyHistogram.BOUNDS.get(i))), upTo);
            }
            bucket("+Inf", histogram.count());
            add(histogram.count(), histogram.total());
        }

        private void bucket(String bound, long count) {
            sample("_bucket", labels("le", bound).getFirst(), (double) count);
        }

        private void sample(String suffix, String another, double value) {
            try {
                if (!begun) {
                    begun = true;
                    begin();
                }
                out.write(family.name());
                out.write(suffix);
                writeLabels(another);
                out.write(' ');
                out.write(Double.toString(value));
                out.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Writes the object's labels with another one, unless it is empty, in the order of their names. */
        private void writeLabels(String another) throws IOException {
            char before = '{';
            String rest = another;
            for (String label : labels) {
                if (!rest.isEmpty() && rest.compareTo(label) < 0) {
                    out.write(before);
                    out.write(rest);
                    before = ',';
                    rest = "";
                }
                out.write(before);
                out.write(label);
                before = ',';
            }
            if (!rest.isEmpty()) {
                out.write(before);
                out.write(rest);
                before = ',';
            }
            if (before == ',') {
                out.write('}');
            }
        }

        private void begin() throws IOException {
            boolean open = format == MetricsFormat.OPEN_METRICS;
            String name = family.name() + (open || family.type() != MetricType.COUNTER ? "" : "_total");
            StringBuilder help = new StringBuilder();
            escape(family.help(), open, help);
            out.write("# HELP " + name + " " + help + "\n# TYPE " + name + " "
                    + family.type().text() + "\n");
        }
    }

    private static void escape(String text, boolean quotes, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                out.append("\\n");
            } else if (c == '\\' || (c == '"' && quotes)) {
                out.append('\\').append(c);
            } else {
                out.append(c);
            }
        }
    }
}
