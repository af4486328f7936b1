package io.interlock.stats.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MetricsTextWriterTest {

    private static final List<MetricFamily<String>> FAMILIES = List.of(
            MetricFamily.gauge("up", "Whether it is \"up\".", name -> 1),
            MetricFamily.counters("requests", "Back\\slash.", (name, out) -> {
                out.add("code", "2xx", 3);
                out.add("z", "1", 0.5);
            }),
            MetricFamily.summaries("took", "How long.", (name, out) -> out.add("a", "1", 2, Duration.ofMillis(1500))),
            MetricFamily.gauges("unknown", "Has no samples.", (name, out) -> {}));

    @Test
    void prometheusFormat() throws Exception {
        assertThat(text(MetricsFormat.PROMETHEUS, "web")).isEqualTo("""
                # HELP up Whether it is "up".
                # TYPE up gauge
                up{backend="web",server="web"} 1.0
                # HELP requests_total Back\\\\slash.
                # TYPE requests_total counter
                requests_total{backend="web",code="2xx",server="web"} 3.0
                requests_total{backend="web",server="web",z="1"} 0.5
                # HELP took How long.
                # TYPE took summary
                took_count{a="1",backend="web",server="web"} 2.0
                took_sum{a="1",backend="web",server="web"} 1.5
                """);
    }

    @Test
    void openMetricsHasNoSuffixInTypesAndAnEnd() throws Exception {
        assertThat(text(MetricsFormat.OPEN_METRICS, "web"))
                .contains("# HELP up Whether it is \\\"up\\\".\n", "# TYPE requests counter\nrequests_total{")
                .endsWith("# EOF\n");
    }

    @Test
    void aNameCannotEndItsLabelOrLine() throws Exception {
        assertThat(text(MetricsFormat.PROMETHEUS, "a\"} 1\nb\\"))
                .contains("up{backend=\"a\\\"} 1\\nb\\\\\",server=")
                .doesNotContain("\nb");
    }

    @Test
    void objectsOfTheSameNameDoNotEndTheRest() throws Exception {
        assertThat(text(MetricsFormat.PROMETHEUS, "web", "web", "last")).contains("server=\"last\"");
    }

    private static String text(MetricsFormat format, String... names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MetricsTextWriter writer = new MetricsTextWriter(out, format);
        writer.write(
                () -> Stream.of(names), name -> MetricsTextWriter.labels("backend", name, "server", name), FAMILIES);
        writer.end();
        return out.toString(StandardCharsets.UTF_8);
    }
}
