package io.interlock.haproxy.accesslog;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.AccessLogEntry;
import io.interlock.api.loadbalancer.AccessLogSettings;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ListenerSettings;
import io.interlock.api.loadbalancer.ListenerSettings.LogFormat;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.SyslogReceiver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The log of requests that Interlock reads, on each available HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class AccessLogFollowerTest {

    private static final String HOST = "www.example.com";
    private static final int HOSTILE_ROUNDS = 40;
    private static final int MAX_VALUE = 1_000;

    @TempDir
    Path folder;

    private final Path binary;
    private final OriginServer origin = new OriginServer("web");
    private HaproxyFixture haproxy;

    AccessLogFollowerTest(Path binary) throws Exception {
        this.binary = binary;
    }

    @BeforeEach
    void start() throws Exception {
        haproxy = haproxy(Optional.empty(), LogFormat.TEXT);
    }

    @AfterEach
    void end() {
        haproxy.close();
        origin.close();
    }

    @Test
    void eachRequestIsOneEntry() throws Exception {
        haproxy.apply(LoopbackTopologies.oneHost(HOST, origin.port()));
        Instant before = Instant.now();
        HttpConnection.Response response = haproxy.get(
                HOST,
                "/a?b=c",
                "User-Agent: probe/1",
                "Referer: http://other/",
                "X-Trace: 17",
                "Authorization: secret");

        AccessLogEntry entry = haproxy.accessLog.of("/a?b=c");
        assertThat(response.status()).isEqualTo(200);
        assertThat(entry.request())
                .isEqualTo(new AccessLogEntry.Request("GET", HOST, "/a?b=c", "HTTP/1.1", "probe/1", "http://other/"));
        assertThat(entry.status()).isEqualTo(OptionalInt.of(200));
        assertThat(entry.client()).isEqualTo("127.0.0.1");
        assertThat(entry.clientPort()).isPositive();
        assertThat(entry.backend()).isEqualTo(Backend.nameFor(HostName.of(HOST)));
        assertThat(entry.server()).isEqualTo("web-0");
        assertThat(entry.time()).isBetween(before.minusSeconds(1), Instant.now());
        assertThat(entry.times().active()).isNotNegative();
        assertThat(entry.times().connect()).isNotNegative();
        assertThat(entry.bytesRead()).isGreaterThan(response.body().length());
        assertThat(entry.requestHeaders()).containsOnlyKeys("x-trace").containsEntry("x-trace", "17");
        assertThat(entry.responseHeaders()).containsOnlyKeys("date");
        assertThat(entry.line())
                .matches("127\\.0\\.0\\.1:\\d+ \\[[^]]+] interlock\\.http www_example_com/web-0"
                        + " \\d+/\\d+/\\d+/\\d+/\\d+ 200 \\d+ - - ---- \\S+ \\S+ \"GET /a\\?b=c HTTP/1\\.1\"")
                .doesNotContain("secret");

        haproxy.get("unknown.example.com", "/lost");
        AccessLogEntry lost = haproxy.accessLog.of("/lost");
        assertThat(lost.status()).isEqualTo(OptionalInt.of(503));
        assertThat(lost.server()).isEmpty();
        assertThat(haproxy.accessLog.entries()).hasSize(2);
        assertThat(haproxy.accessLog.lost()).isZero();
    }

    @Test
    void whatClientsSendArrivesAsItWasAndForgesNothing() throws Exception {
        haproxy.apply(LoopbackTopologies.oneHost(HOST, origin.port()));
        long seed = RandomGenerator.getDefault().nextLong();
        Random random = new Random(seed);
        List<String> agents = new ArrayList<>();
        for (int i = 0; i < HOSTILE_ROUNDS; i++) {
            StringBuilder agent = new StringBuilder("x");
            int length = random.nextInt(i % 8 == 0 ? 3_000 : 60);
            for (int at = 0; at < length; at++) {
                String some = "\"\\ '{}%#\t<134>1 - il1 events dropped $(x)\u00e9";
                agent.append(some.charAt(random.nextInt(some.length())));
            }
            agents.add(agent.append('x').toString());
        }
        for (int i = 0; i < HOSTILE_ROUNDS; i++) {
            haproxy.get(HOST, "/" + i, "User-Agent: " + agents.get(i), "X-Trace: 5 events dropped");
        }

        assertThat(haproxy.accessLog.uris(HOSTILE_ROUNDS)).as("seed " + seed).hasSize(HOSTILE_ROUNDS);
        for (int i = 0; i < HOSTILE_ROUNDS; i++) {
            AccessLogEntry entry = haproxy.accessLog.of("/" + i);
            // Clients of this test write each character as one byte, some of which are no UTF-8.
            byte[] sent = agents.get(i).getBytes(StandardCharsets.ISO_8859_1);
            assertThat(entry.request().userAgent())
                    .as("seed " + seed)
                    .isEqualTo(new String(sent, 0, Math.min(sent.length, MAX_VALUE), StandardCharsets.UTF_8));
            assertThat(entry.requestHeaders()).containsEntry("x-trace", "5 events dropped");
            assertThat(entry.line()).doesNotContain("\n");
        }
        assertThat(haproxy.accessLog.lost()).isZero();
    }

    @Test
    void aRequestThatHaproxyRefusesIsAnEntryToo() throws Exception {
        haproxy.apply(LoopbackTopologies.oneHost(HOST, origin.port()));
        haproxy.get(HOST, "/\"\u0001");

        await().until(() -> haproxy.accessLog.entries().size() == 1);
        AccessLogEntry entry = haproxy.accessLog.entries().getFirst();
        assertThat(entry.status()).isEqualTo(OptionalInt.of(400));
        assertThat(entry.backend()).isNotEqualTo(Backend.nameFor(HostName.of(HOST)));
    }

    @Test
    void aReloadLosesNoEntryNotEvenOfRequestsThatLastLonger() throws Exception {
        haproxy.apply(LoopbackTopologies.oneHost(HOST, origin.port()));
        try (HttpConnection slow = HttpConnection.connect(haproxy.port)) {
            slow.send(HOST, "/slow/1");
            origin.awaitSlowRequest();
            reload("http-no-delay");
            haproxy.get(HOST, "/between");
            reload("abortonclose");
            haproxy.accessLog.of("/between");
            assertThat(haproxy.accessLog.entries()).hasSize(1);
            origin.letSlowRequestsFinish();
            assertThat(slow.read().status()).isEqualTo(200);
        }

        assertThat(haproxy.accessLog.of("/slow/1").status()).isEqualTo(OptionalInt.of(200));
        await("the replaced workers end")
                .until(() -> haproxy.stats()
                        .map(ProxyStats::process)
                        .filter(process -> process.oldWorkers().orElse(1) == 0)
                        .isPresent());
        assertThat(haproxy.accessLog.entries()).hasSize(2);
    }

    @Test
    void anotherControllerGoesOnAfterTheLastEntry() throws Exception {
        haproxy.apply(LoopbackTopologies.oneHost(HOST, origin.port()));
        haproxy.get(HOST, "/1");
        haproxy.get(HOST, "/2");
        assertThat(haproxy.accessLog.uris(2)).containsExactly("/1", "/2");

        haproxy.loseController();
        haproxy.get(HOST, "/3");
        haproxy.apply(LoopbackTopologies.oneHost(HOST, origin.port()));
        haproxy.get(HOST, "/4");

        assertThat(haproxy.accessLog.uris(4)).containsExactly("/1", "/2", "/3", "/4");
        assertThat(haproxy.accessLog.lost()).isZero();
    }

    @Test
    void aNewHaproxyIsFollowedWhenTheOldOneWasKilled() throws Exception {
        haproxy.apply(LoopbackTopologies.oneHost(HOST, origin.port()));
        haproxy.get(HOST, "/1");
        haproxy.accessLog.of("/1");
        haproxy.processes().forEach(ProcessHandle::destroyForcibly);
        await().until(() -> haproxy.processes().isEmpty());

        haproxy.apply(LoopbackTopologies.oneHost(HOST, origin.port()));
        haproxy.get(HOST, "/2");

        assertThat(haproxy.accessLog.uris(2)).containsExactly("/1", "/2");
    }

    @Test
    void theLastRequestBeforeTheEndIsAnEntry() throws Exception {
        haproxy.apply(LoopbackTopologies.oneHost(HOST, origin.port()));
        haproxy.get(HOST, "/1");
        haproxy.close();

        assertThat(haproxy.accessLog.entries()).hasSize(1);
        assertThat(haproxy.processes()).isEmpty();
    }

    @Test
    void whatIsDroppedBecauseNobodyReadsIsCounted() throws Exception {
        haproxy.apply(LoopbackTopologies.oneHost(HOST, origin.port()));
        String uri = "/" + "x".repeat(3_900);
        int requests = 1_500;
        haproxy.accessLog.pause();
        try (HttpConnection client = HttpConnection.connect(haproxy.port)) {
            for (int i = 0; i < requests; i++) {
                client.get(HOST, uri);
            }
        } finally {
            haproxy.accessLog.resume();
        }
        // HAProxy tells how many it dropped with the next line for which it has space.
        AtomicInteger sent = new AtomicInteger(requests);
        await().until(() -> {
            haproxy.get(HOST, "/next");
            sent.incrementAndGet();
            return haproxy.accessLog.entries().stream()
                    .anyMatch(entry -> entry.request().uri().equals("/next"));
        });
        await().until(() -> haproxy.accessLog.entries().size() + haproxy.accessLog.lost() == sent.get());
        assertThat(haproxy.accessLog.lost()).isPositive();
    }

    @Test
    void syslogKeepsItsFormat() throws Exception {
        for (LogFormat format : LogFormat.values()) {
            try (SyslogReceiver syslog = new SyslogReceiver()) {
                haproxy.close();
                haproxy = haproxy(Optional.of(syslog.address()), format);
                haproxy.apply(LoopbackTopologies.oneHost(HOST, origin.port()));
                haproxy.get(HOST, "/both");
                haproxy.accessLog.of("/both");

                String expected = format == LogFormat.JSON ? "{\"time\"" : "\"GET /both HTTP/1.1\"";
                await().until(() -> syslog.linesWith(expected).size() == 1);
                assertThat(syslog.linesWith("il1")).isEmpty();
            }
        }
    }

    @Test
    void aContainerMayAskForNoLog() throws Exception {
        haproxy.apply(new TopologySnapshot(
                1,
                new Topology(
                        List.of(new VirtualHost(List.of(HostName.of(HOST)), List.of(Route.toBackend("b")))),
                        List.of(new Backend(
                                "b",
                                List.of(LoopbackTopologies.server("web", origin.port())),
                                new HealthCheck.Tcp(),
                                List.of(),
                                List.of(new BackendPolicy.Unlogged()))))));
        haproxy.get(HOST, "/quiet");
        haproxy.get("unknown.example.com", "/loud");

        assertThat(haproxy.accessLog.uris(1)).containsExactly("/loud");
    }

    private void reload(String option) throws Exception {
        assertThat(haproxy.apply(LoopbackTopologies.oneHostWithOptions(HOST, List.of(option), origin.port())))
                .isInstanceOfSatisfying(
                        Applied.class, applied -> assertThat(applied.how()).isEqualTo(ApplyMethod.RELOAD));
    }

    private HaproxyFixture haproxy(Optional<String> syslog, LogFormat format) throws Exception {
        Path own = folder.resolve("h" + System.nanoTime());
        return new HaproxyFixture(own, HaproxyFixture.withBinary(binary), usual -> with(usual, syslog, format));
    }

    private static ProxySettings with(ProxySettings usual, Optional<String> syslog, LogFormat format) {
        return new ProxySettings(
                usual.port(),
                usual.connectTimeout(),
                usual.serverTimeout(),
                usual.clientTimeout(),
                usual.maxConnections(),
                syslog,
                usual.configPath(),
                usual.pidPath(),
                usual.statsCredentials(),
                usual.tls(),
                new ListenerSettings(
                        List.of(),
                        false,
                        format,
                        Optional.empty(),
                        Optional.of(new AccessLogSettings(List.of("x-trace"), List.of("date")))));
    }
}
