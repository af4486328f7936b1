package io.interlock.stats;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.SecretText;
import io.interlock.api.sink.StatsSink;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.stats.fixture.SampleSnapshots;
import io.interlock.stats.fixture.TestSinkContext;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.PortAllocator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the plugin as clients see it. */
@Tag("unit")
class StatsPluginTest {

    private static final String LOCALHOST = "127.0.0.1";

    @TempDir
    Path folder;

    private @Nullable StatsSink sink;
    private int port;

    @AfterEach
    void close() {
        if (sink != null) {
            sink.close();
        }
    }

    @Test
    void whoeverAsksForAPathThatIsNotThereIsToldSo() throws Exception {
        start(config(Optional.empty(), Optional.empty()), SampleSnapshots.one());
        assertThat(get("/api/v1/nothing").status()).isEqualTo(404);
    }

    @Test
    void everyAnswerForbidsTheBrowserEverythingButToShowIt() throws Exception {
        start(config(Optional.empty(), Optional.empty()), SampleSnapshots.one());
        for (String path : new String[] {"/", "/api/v1/status", "/metrics", "/nothing"}) {
            HttpConnection.Response response = get(path);
            assertThat(response.header("content-security-policy"))
                    .as(path)
                    .contains("default-src 'none'")
                    .contains("script-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(response.header("x-content-type-options")).as(path).isEqualTo("nosniff");
        }
    }

    @Test
    void thePageHasAllThatItLoads() throws Exception {
        start(config(Optional.empty(), Optional.empty()), SampleSnapshots.one());
        assertThat(get("/").body())
                .contains("/dashboard.js")
                .contains("/dashboard.css")
                .doesNotContain("http://");
        for (String path : new String[] {"/dashboard.js", "/model.js", "/preact.js", "/dashboard.css", "/icon.svg"}) {
            assertThat(get(path).status()).as(path).isEqualTo(200);
            assertThat(get(path).body()).as(path).isNotEmpty();
        }
    }

    @Test
    void withAnAccountNothingIsShownWithoutIt() throws Exception {
        start(config(Optional.of("ops"), Optional.of("choose:one")), SampleSnapshots.one());
        assertThat(get("/metrics").status()).isEqualTo(401);
        assertThat(get("/metrics", "ops:wrong").status()).isEqualTo(401);
        assertThat(get("/metrics", "ops:choose:one").status()).isEqualTo(200);
        assertThat(get("/healthz").status()).as("health tells nothing else").isEqualTo(200);
    }

    @Test
    void nobodyTriesManyPasswords() throws Exception {
        start(config(Optional.of("ops"), Optional.of("choose:one")), SampleSnapshots.one());
        for (int i = 0; i < 10; i++) {
            assertThat(get("/metrics", "ops:wrong" + i).status()).isEqualTo(401);
        }
        assertThat(get("/metrics", "ops:choose:one").status()).isEqualTo(429);
        assertThat(get("/metrics").status()).as("without credentials").isEqualTo(401);
        assertThat(get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void aWebPageThatHasItsOwnNameLeadHereGetsNothing() throws Exception {
        start(config(Optional.empty(), Optional.empty()), SampleSnapshots.one());
        HttpConnection.Response response = HttpConnection.get(port, "evil.example", "/api/v1/status");

        assertThat(response.status()).isEqualTo(421);
        assertThat(response.body()).doesNotContain("revision");
    }

    @Test
    void nothingCanBeChanged() throws Exception {
        start(config(Optional.empty(), Optional.empty()), SampleSnapshots.one());
        HttpConnection.Response response = HttpConnection.post(port, LOCALHOST, "/api/v1/status", "{}");
        assertThat(response.status()).isEqualTo(405);
    }

    @Test
    void whoWatchesGetsEachNewOverview() throws Exception {
        StatsSink started = start(config(Optional.empty(), Optional.empty()), SampleSnapshots.one());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            started.accept(SampleSnapshots.one());
            assertThat(nextData(in)).contains("\"www.0.example\"").doesNotContain("\"www.1.example\"");
            started.accept(SampleSnapshots.of(2));
            assertThat(nextData(in)).contains("\"www.1.example\"");
        }
    }

    @Test
    void thirtyTwoMayWatchAtTheSameTime() throws Exception {
        StatsSink started = start(config(Optional.empty(), Optional.empty()), SampleSnapshots.one());
        started.accept(SampleSnapshots.one());
        List<Socket> watching = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            watching.add(socket);
            socket.getOutputStream()
                    .write("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                            .readLine())
                    .contains(" 200 ");
        }

        assertThat(get("/api/v1/stream").status()).isEqualTo(503);
        assertThat(get("/api/v1/status").status()).isEqualTo(200);
        for (Socket socket : watching) {
            socket.close();
        }
    }

    @Test
    void eventsCanBeFollowedByTheirNumber() throws Exception {
        start(config(Optional.empty(), Optional.empty()), SampleSnapshots.one());
        assertThat(get("/api/v1/events").body()).contains("\"sequence\":3");
        assertThat(get("/api/v1/events?since=3").body().strip()).isEqualTo("[]");
        assertThat(get("/api/v1/events?since=x").status()).isEqualTo(400);
    }

    @Test
    void aQuestionIsHandedToTheHost() throws Exception {
        start(config(Optional.empty(), Optional.empty()), SampleSnapshots.one());
        assertThat(get("/api/v1/explain?q=www%2Eexample").body()).contains("\"question\":\"www.example\"");
        assertThat(get("/api/v1/explain").status()).isEqualTo(400);
    }

    @Test
    void prometheusGetsItsOwnFormatAndOpenMetricsIfItAsks() throws Exception {
        start(config(Optional.empty(), Optional.empty()), SampleSnapshots.one());
        assertThat(get("/metrics").body())
                .contains("# TYPE interlock_backend_requests_total counter")
                .contains("interlock_server_up{backend=\"www_0\",load_balancer=\"haproxy\",server=\"web-0\"} 1.0")
                .contains("interlock_containers{outcome=\"left_out\",reason=\"port\"} 1.0");
        HttpConnection.Response open =
                HttpConnection.get(port, LOCALHOST, "/metrics", "Accept: application/openmetrics-text");
        assertThat(open.body()).endsWith("# EOF\n");
    }

    @Test
    void carbonGetsWhatEachContainerUsesUnderTheOldNames() throws Exception {
        try (ServerSocket carbon = new ServerSocket(0)) {
            StatsConfig config = new StatsConfig(
                    Optional.empty(),
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    null,
                    null,
                    null,
                    null,
                    Optional.of(new StatsConfig.Graphite("127.0.0.1:" + carbon.getLocalPort(), null, 1000, "script")),
                    List.of());
            start(config, SampleSnapshots.of(3)).accept(SampleSnapshots.of(3));
            carbon.setSoTimeout(60_000);
            try (Socket connection = carbon.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))) {
                long at = SampleSnapshots.NOW.getEpochSecond();
                assertThat(in.readLine()).isEqualTo("docker.stats.containers.web-0.cpu.totalUsage 300 " + at);
                assertThat(in.readLine()).isEqualTo("docker.stats.containers.web-0.cpu.usageInKernelmode 100 " + at);
                assertThat(in.readLine()).isEqualTo("docker.stats.containers.web-0.cpu.usageInUsermode 200 " + at);
                assertThat(in.readLine()).isEqualTo("docker.stats.containers.web-0.memory.usage 512 " + at);
                assertThat(in.readLine()).isEqualTo("docker.stats.containers.web-0.memory.maxUsage 600 " + at);
                assertThat(in.readLine()).isEqualTo("docker.stats.containers.web-0.memory.limit 2048 " + at);
                assertThat(in.readLine()).isEqualTo("docker.stats.containers.web-0.memory.percent 25.00 " + at);
                assertThat(in.readLine()).isEqualTo("docker.stats.containers.web-0.network.rxBytes 1 " + at);
                assertThat(in.lines()
                                .filter(line -> line.contains("cluster.events"))
                                .findFirst())
                        .contains("docker.stats.cluster.events 0 " + at);
            }
        }
    }

    @Test
    void carbonThatWentAwayGetsWhatCameMeanwhileWhenItIsBack() throws Exception {
        int carbonPort = PortAllocator.next();
        StatsSink started;
        try (ServerSocket carbon = new ServerSocket(carbonPort)) {
            started = start(graphite(carbonPort), SampleSnapshots.one());
            started.accept(SampleSnapshots.one());
            carbon.setSoTimeout(60_000);
            carbon.accept().close();
        }
        // The kernel may need a moment for the connections that the first one had not accepted.
        try (ServerSocket again = Awaitility.await()
                .ignoreExceptionsInstanceOf(BindException.class)
                .until(() -> new ServerSocket(carbonPort), ServerSocket::isBound)) {
            again.setSoTimeout(60_000);
            try (Socket connection = again.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))) {
                assertThat(in.readLine()).startsWith("docker.stats.");
            }
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StatsConfig config = new StatsConfig(
                    Optional.empty(),
                    taken.getLocalPort(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    null,
                    null,
                    null,
                    null,
                    Optional.empty(),
                    List.of());
            assertThatThrownBy(
                            () -> new StatsFactory().create(config, new TestSinkContext(SampleSnapshots.one(), folder)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void nothingAnswersAfterTheEnd() throws Exception {
        StatsSink started = start(config(Optional.empty(), Optional.empty()), SampleSnapshots.one());
        started.close();
        sink = null;
        await().untilAsserted(() -> assertThatThrownBy(() -> get("/healthz")).isInstanceOf(IOException.class));
    }

    private StatsSink start(StatsConfig config, StatsSnapshot snapshot) throws Exception {
        StatisticsSink started =
                (StatisticsSink) new StatsFactory().create(config, new TestSinkContext(snapshot, folder));
        port = started.port();
        sink = started;
        return started;
    }

    private static StatsConfig config(Optional<String> user, Optional<String> password) {
        return new StatsConfig(
                Optional.empty(),
                0,
                user,
                password.map(SecretText::of),
                Optional.empty(),
                Optional.empty(),
                null,
                null,
                null,
                null,
                Optional.empty(),
                List.of());
    }

    private static StatsConfig graphite(int carbonPort) {
        return new StatsConfig(
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                null,
                null,
                null,
                null,
                Optional.of(new StatsConfig.Graphite("127.0.0.1:" + carbonPort, null, 1000, null)),
                List.of());
    }

    private HttpConnection.Response get(String path) throws IOException {
        return HttpConnection.get(port, LOCALHOST, path);
    }

    private HttpConnection.Response get(String path, String account) throws IOException {
        String encoded = Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
        return HttpConnection.get(port, LOCALHOST, path, "Authorization: Basic " + encoded);
    }

    private static String nextData(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = in.readLine();
        }
        return String.valueOf(line);
    }
}
