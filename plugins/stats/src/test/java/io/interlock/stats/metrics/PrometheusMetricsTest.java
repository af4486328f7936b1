package io.interlock.stats.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.sink.StatsSnapshot;
import io.interlock.stats.fixture.SampleSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class PrometheusMetricsTest {

    @TempDir
    Path folder;

    @Test
    void prometheusOwnCheckFindsNothingToBetter() throws Exception {
        Path metrics = Files.writeString(folder.resolve("metrics"), text(SampleSnapshots.of(2)));
        Path out = folder.resolve("out");
        Process promtool;
        try {
            promtool = new ProcessBuilder("promtool", "check", "metrics")
                    .redirectInput(metrics.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError("this test needs promtool, of Debian's package prometheus: run make test", e);
        }
        assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(out)).isEmpty();
        assertThat(promtool.exitValue()).isZero();
    }

    @Test
    void aHistogramCountsWhatTookUpToEachBound() throws Exception {
        String name = "interlock_http_request_duration_seconds";
        assertThat(text(SampleSnapshots.of(2)).lines().filter(line -> line.contains(name)))
                .containsExactly(
                        "# HELP " + name + " Durations of requests, as the request log has them.",
                        "# TYPE " + name + " histogram",
                        name + "_bucket{code=\"2xx\",host=\"*.example.com\",le=\"0.005\"} 1.0",
                        name + "_bucket{code=\"2xx\",host=\"*.example.com\",le=\"0.025\"} 1.0",
                        name + "_bucket{code=\"2xx\",host=\"*.example.com\",le=\"0.1\"} 1.0",
                        name + "_bucket{code=\"2xx\",host=\"*.example.com\",le=\"0.25\"} 1.0",
                        name + "_bucket{code=\"2xx\",host=\"*.example.com\",le=\"0.5\"} 1.0",
                        name + "_bucket{code=\"2xx\",host=\"*.example.com\",le=\"1.0\"} 2.0",
                        name + "_bucket{code=\"2xx\",host=\"*.example.com\",le=\"2.5\"} 2.0",
                        name + "_bucket{code=\"2xx\",host=\"*.example.com\",le=\"10.0\"} 2.0",
                        name + "_bucket{code=\"2xx\",host=\"*.example.com\",le=\"+Inf\"} 3.0",
                        name + "_count{code=\"2xx\",host=\"*.example.com\"} 3.0",
                        name + "_sum{code=\"2xx\",host=\"*.example.com\"} 20.75");
    }

    @Test
    void seriesOfContainersThatAreGoneDisappear() throws Exception {
        assertThat(text(SampleSnapshots.of(3))).contains("server=\"web-2\"");
        assertThat(text(SampleSnapshots.of(2))).doesNotContain("web-2").doesNotContain("www_2");
    }

    @Test
    void howManySeriesAnEngineHasDoesNotGrowWithItsContainers() throws Exception {
        assertThat(hostSeries(SampleSnapshots.of(2))).isEqualTo(hostSeries(SampleSnapshots.of(500)));
    }

    @Test
    void aLoadBalancerThatSaysNothingHasNoSeriesButItsHosts() throws Exception {
        StatsSnapshot silent = new StatsSnapshot(SampleSnapshots.one().host(), Map.of());
        assertThat(text(silent))
                .contains("interlock_load_balancer_up{load_balancer=\"haproxy\"} 1.0")
                .contains("interlock_reloads_total{cause=\"no_spare_backend\",load_balancer=\"haproxy\"} 1.0")
                .doesNotContain("interlock_backend");
    }

    private static long hostSeries(StatsSnapshot snapshot) throws IOException {
        return text(new StatsSnapshot(snapshot.host(), Map.of())).lines().count();
    }

    private static String text(StatsSnapshot snapshot) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusMetrics.write(snapshot, List.of(), MetricsFormat.PROMETHEUS, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
