package io.interlock.app.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.interlock.api.loadbalancer.AccessLogEntry;
import io.interlock.api.loadbalancer.AccessLogEntry.Request;
import io.interlock.api.loadbalancer.AccessLogEntry.Times;
import io.interlock.api.status.LatencyHistogram;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.config.accesslog.AccessLogConfig.LineFormat;
import io.interlock.app.config.accesslog.AccessLogTarget;
import io.interlock.app.config.accesslog.RequestFilter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Histograms by host name and class of status. */
@Tag("unit")
class LatencyRecorderTest {

    private final AtomicReference<Topology> topology = new AtomicReference<>(
            serving("www.example.com", "*.example.com", "~^pr-[0-9]+\\.example\\.org$", "xn--strae-oqa.example"));
    private final LatencyRecorder recorder = recorder(RequestFilter.ALL);

    @Test
    void aDurationIsCountedAtTheFirstBoundThatItDoesNotExceed() {
        List.of(0, 5, 6, 25, 26, 100, 1_000, 10_000, 10_001, -1)
                .forEach(duration -> recorder.offer(entry("www.example.com", 200, duration)));

        assertThat(histograms())
                .containsExactly(new LatencyHistogram(
                        "www.example.com",
                        "2xx",
                        List.of(3L, 2L, 2L, 0L, 0L, 1L, 0L, 1L, 1L),
                        Duration.ofMillis(21_163)));
        assertThat(recorder.status().written()).isEqualTo(10);
        assertThat(recorder.status().dropped()).isZero();
    }

    @Test
    void requestsAreCountedUnderTheNameOfTheTopologyThatMatched() {
        List.of(
                        "WWW.Example.COM:8080",
                        "www.example.com.",
                        "a.b.example.com",
                        "pr-7.example.org",
                        "straße.example",
                        "other.test",
                        "",
                        "a\"b\n",
                        "*.example.com",
                        "[::1]:80",
                        "x".repeat(500))
                .forEach(host -> recorder.offer(entry(host, 200, 1)));

        assertThat(counts())
                .isEqualTo(Map.of(
                        "www.example.com 2xx", 2L,
                        "*.example.com 2xx", 2L,
                        "~^pr-[0-9]+\\.example\\.org$ 2xx", 1L,
                        "xn--strae-oqa.example 2xx", 1L,
                        "no host 2xx", 5L));
    }

    @Test
    void classesOfStatusAreApart() {
        recorder.offer(entry("www.example.com", 204, 1));
        recorder.offer(entry("www.example.com", 404, 1));
        recorder.offer(entry("www.example.com", 503, 1));
        recorder.offer(entry("www.example.com", 0, 1));
        // A TCP connection.
        recorder.offer(entry(new Request("", "", "", "", "", ""), 0, 1));

        assertThat(counts().keySet())
                .containsExactlyInAnyOrder(
                        "www.example.com 2xx", "www.example.com 4xx", "www.example.com 5xx", "www.example.com none");
    }

    @Test
    void namesBeyondTheLimitAreCountedTogether() {
        topology.set(serving(IntStream.range(0, LatencyRecorder.MOST_HOSTS + 5)
                .mapToObj(i -> "h" + i + ".example")
                .toArray(String[]::new)));
        IntStream.range(0, LatencyRecorder.MOST_HOSTS + 5)
                .forEach(i -> recorder.offer(entry("h" + i + ".example", 200, 1)));
        recorder.offer(entry("unknown.test", 200, 1));

        assertThat(counts())
                .hasSize(LatencyRecorder.MOST_HOSTS + 2)
                .containsEntry("others together 2xx", 5L)
                .containsEntry("no host 2xx", 1L);

        topology.set(serving("h204.example"));
        recorder.offer(entry("h204.example", 200, 1));

        assertThat(counts())
                .as("names that are gone make space, and what was counted together stays")
                .isEqualTo(Map.of("others together 2xx", 5L, "no host 2xx", 1L, "h204.example 2xx", 1L));
    }

    @Test
    void theFilterDecidesWhatIsCounted() {
        LatencyRecorder some = recorder(new RequestFilter(1, List.of("5xx"), List.of("www.*"), List.of()));
        some.offer(entry("www.example.com", 200, 1));
        some.offer(entry("www.example.com", 500, 1));
        some.offer(entry("api.example.com", 500, 1));

        assertThat(some.status().latencies())
                .extracting(LatencyHistogram::host, LatencyHistogram::count)
                .containsExactly(tuple("www.example.com", 1L));
    }

    private LatencyRecorder recorder(RequestFilter filter) {
        return new LatencyRecorder(
                SampleEntries.config(new AccessLogTarget.Metrics(), LineFormat.HAPROXY, filter), topology::get);
    }

    private List<LatencyHistogram> histograms() {
        return recorder.status().latencies();
    }

    private Map<String, Long> counts() {
        return histograms().stream()
                .collect(Collectors.toMap(one -> one.host() + " " + one.code(), LatencyHistogram::count));
    }

    private static AccessLogEntry entry(String host, int status, int duration) {
        return entry(new Request("GET", host, "/", "HTTP/1.1", "", ""), status, duration);
    }

    private static AccessLogEntry entry(Request request, int status, int duration) {
        AccessLogEntry sample = SampleEntries.entry(request, status);
        return new AccessLogEntry(
                sample.time(),
                sample.client(),
                sample.clientPort(),
                sample.listener(),
                sample.backend(),
                sample.server(),
                sample.request(),
                sample.status(),
                sample.bytesRead(),
                sample.bytesUploaded(),
                new Times(0, 0, 0, 0, duration),
                sample.retries(),
                sample.termination(),
                sample.tls(),
                sample.requestHeaders(),
                sample.responseHeaders(),
                sample.line());
    }

    private static Topology serving(String... names) {
        Backend backend = new Backend("b", List.of(), new HealthCheck.Tcp(), List.of());
        return new Topology(
                Arrays.stream(names)
                        .map(name -> new VirtualHost(List.of(new HostName(name)), List.of(new Route("/", "b"))))
                        .toList(),
                List.of(backend));
    }
}
