package io.interlock.haproxy.render.directive;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ListenerSettings;
import io.interlock.api.loadbalancer.ListenerSettings.LogFormat;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.SyslogReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Client addresses, logs of requests and error pages, on each available HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class ListenerDirectivesTest {

    private static final Pattern REQUEST = Pattern.compile("GET |\\{\"time\"");

    private static final AddressRange LOOPBACK = AddressRange.of("127.0.0.0/8");

    @TempDir
    Path folder;

    private final Path binary;
    private OriginServer origin;
    private @Nullable HaproxyFixture started;

    ListenerDirectivesTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void open() throws Exception {
        origin = new OriginServer("web");
    }

    @AfterEach
    void close() {
        if (started != null) {
            started.close();
        }
        origin.close();
    }

    @Test
    void whatATrustedProxySaysOfTheClientCounts() throws Exception {
        start(
                trusting(false, LOOPBACK, AddressRange.of("198.51.100.0/24")),
                new BackendPolicy.DeniedClients(List.of(AddressRange.of("203.0.113.0/24"))));

        assertThat(body("X-Forwarded-For: 192.0.2.7")).isEqualTo("web for 192.0.2.7");
        assertThat(status("X-Forwarded-For: 203.0.113.9")).isEqualTo(403);
        // Only addresses added by trusted proxies count, from the end on.
        assertThat(status("X-Forwarded-For: 203.0.113.9, 192.0.2.7")).isEqualTo(200);
        assertThat(status("X-Forwarded-For: 203.0.113.9, 198.51.100.3")).isEqualTo(403);
        assertThat(status("X-Forwarded-For: nonsense")).isEqualTo(200);
        assertThat(body()).isEqualTo("web for 127.0.0.1");
    }

    @Test
    void onOneConnectionEachRequestHasItsOwnClient() throws Exception {
        start(trusting(false, LOOPBACK), new BackendPolicy.DeniedClients(List.of(AddressRange.of("203.0.113.0/24"))));

        try (HttpConnection client = HttpConnection.connect(rig().port)) {
            assertThat(client.get("www.example.com", "/", "X-Forwarded-For: 192.0.2.7")
                            .status())
                    .isEqualTo(200);
            assertThat(client.get("www.example.com", "/", "X-Forwarded-For: 203.0.113.9")
                            .status())
                    .isEqualTo(403);
        }
        try (HttpConnection client = HttpConnection.connect(rig().port)) {
            assertThat(client.get("www.example.com", "/", "X-Forwarded-For: 192.0.2.7")
                            .status())
                    .isEqualTo(200);
            assertThat(client.get("www.example.com", "/").body()).isEqualTo("web for 127.0.0.1");
        }
    }

    @Test
    void whatOthersSayIsRemovedOnceThereAreTrustedProxies() throws Exception {
        start(trusting(false, AddressRange.of("10.0.0.0/8")));

        assertThat(body("X-Forwarded-For: 192.0.2.7")).isEqualTo("web for 127.0.0.1");
    }

    @Test
    void aTrustedProxyMaySayItByTheProxyProtocol() throws Exception {
        start(trusting(true, LOOPBACK), new BackendPolicy.AllowedClients(List.of(AddressRange.of("192.0.2.0/24"))));

        assertThat(overProxyProtocol("192.0.2.7").body()).isEqualTo("web for 192.0.2.7");
        assertThat(overProxyProtocol("203.0.113.9").status()).isEqualTo(403);
    }

    @Test
    void requestsAreLoggedAsJsonWhateverClientsSend() throws Exception {
        try (SyslogReceiver log = new SyslogReceiver()) {
            start(settings -> with(
                    settings,
                    Optional.of(log.address()),
                    new ListenerSettings(List.of(), false, LogFormat.JSON, Optional.empty())));

            rig().get("www.example.com", "/a'b?c=%22", "User-Agent: it's \"a\" \\ \t{}", "Referer: x");

            JsonNode line = json(log, 0);
            assertThat(line.path("status").asInt()).isEqualTo(200);
            assertThat(line.path("host").asText()).isEqualTo("www.example.com");
            assertThat(line.path("uri").asText()).contains("/a'b?c=%22");
            assertThat(line.path("user_agent").asText()).startsWith("it's \"a\" \\ ");
            assertThat(line.path("referer").asText()).isEqualTo("x");
            assertThat(line.path("backend").asText()).isEqualTo("www_example_com");
            assertThat(line.path("time").isNumber()).isTrue();

            rig().get("unknown.example.com", "/");
            assertThat(json(log, 1).path("status").asInt()).isEqualTo(503);
            rig().get("www.example.com", "/\"\u0001");
            assertThat(json(log, 2).path("status").asInt()).isEqualTo(400);
        }
    }

    @Test
    void theLogNamesANewHostAtOnceAsItIsCalled() throws Exception {
        for (LogFormat format : LogFormat.values()) {
            try (SyslogReceiver log = new SyslogReceiver();
                    HaproxyFixture logged = new HaproxyFixture(
                            folder.resolve(format.name()),
                            HaproxyFixture.withBinary(binary),
                            settings -> with(
                                    settings,
                                    Optional.of(log.address()),
                                    new ListenerSettings(List.of(), false, format, Optional.empty())))) {
                logged.apply(LoopbackTopologies.oneHost("www.example.com", origin.port()));
                assertThat(logged.apply(
                                LoopbackTopologies.hosts(List.of("www.example.com", "new.example.com"), origin.port())))
                        .isInstanceOfSatisfying(
                                Applied.class,
                                applied -> assertThat(applied.how()).isEqualTo(ApplyMethod.RUNTIME));
                String backend = format == LogFormat.JSON ? "\"backend\":\"%s\"" : " %s/";
                List<String> hosts = List.of("www.example.com", "new.example.com", "unknown.example.com");
                List<String> names = List.of(
                        Backend.nameFor(HostName.of("www.example.com")),
                        Backend.nameFor(HostName.of("new.example.com")),
                        "interlock.no-route");
                // A line is written after the answer, by the thread of the connection: await it before the next.
                for (int i = 0; i < hosts.size(); i++) {
                    logged.get(hosts.get(i), "/");
                    assertThat(line(log, i)).contains(backend.formatted(names.get(i)));
                }
            }
        }
    }

    @Test
    void aContainerMayAskForNoLog() throws Exception {
        try (SyslogReceiver log = new SyslogReceiver()) {
            start(
                    settings -> with(settings, Optional.of(log.address()), ListenerSettings.DEFAULT),
                    new BackendPolicy.Unlogged());

            rig().get("www.example.com", "/quiet");
            rig().get("unknown.example.com", "/loud");

            assertThat(line(log, 0)).contains("/loud").doesNotContain("/quiet");
        }
    }

    @Test
    void errorsLookAsTheOperatorWants() throws Exception {
        Path pages = Files.createDirectories(folder.resolve("it's pages"));
        Files.writeString(pages.resolve("503.html"), "<p>all %[env(HOME)]</p>");
        Files.writeString(pages.resolve("404.html"), "x".repeat(20_000));
        Files.createDirectories(pages.resolve("shop"));
        Files.writeString(pages.resolve("shop/503.html"), "<p>shop</p>");
        Files.writeString(pages.resolve("shop/403.html"), "<p>go away</p>");
        ListenerSettings listeners = new ListenerSettings(List.of(), false, LogFormat.TEXT, Optional.of(pages));
        BackendPolicy shop = new BackendPolicy.ErrorPages("shop");

        start(
                settings -> with(settings, Optional.empty(), listeners),
                shop,
                new BackendPolicy.DeniedClients(List.of(LOOPBACK)));
        assertThat(rig().get("www.example.com", "/").body()).isEqualTo("<p>go away</p>");
        assertThat(rig().get("unknown.example.com", "/").body()).isEqualTo("<p>all %[env(HOME)]</p>");

        Applied maintained = apply(shop, new BackendPolicy.Maintenance(Duration.ofSeconds(7)));
        assertThat(maintained.omissions()).isEmpty();
        HttpConnection.Response response = rig().get("www.example.com", "/");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("<p>shop</p>");
        assertThat(response.header("retry-after")).isEqualTo("7");

        Applied unknown =
                apply(new BackendPolicy.ErrorPages("nosuch"), new BackendPolicy.Maintenance(Duration.ofSeconds(7)));
        assertThat(unknown.omissions()).singleElement().satisfies(omission -> {
            assertThat(omission.field()).isEqualTo("error_pages");
            assertThat(omission.value()).isEqualTo("nosuch");
        });
        assertThat(rig().get("www.example.com", "/").body()).isEqualTo("<p>all %[env(HOME)]</p>");
    }

    @Test
    void aPageForErrorsShowsTheIdOfTheRequest() throws Exception {
        Path pages = Files.createDirectories(folder.resolve("pages"));
        Files.writeString(pages.resolve("503.html"), "<p style='width: 50%%'>id %[var(txn.request_id)] \"x\"</p>");
        Files.writeString(pages.resolve("403.html"), "<p style='width: 50%'>id %[var(txn.request_id)]</p>");
        ListenerSettings listeners = new ListenerSettings(List.of(), false, LogFormat.TEXT, Optional.of(pages));

        start(
                settings -> with(settings, Optional.empty(), listeners),
                new BackendPolicy.RequestIds(),
                new BackendPolicy.Maintenance(Duration.ofSeconds(7)));
        HttpConnection.Response response = rig().get("www.example.com", "/", "X-Request-Id: <b>mine</b>");
        assertThat(response.body())
                .isEqualTo("<p style='width: 50%'>id " + response.header("x-request-id") + " \"x\"</p>")
                .doesNotContain("mine");
        assertThat(rig().get("unknown.example.com", "/").body())
                .as("no container asks for ids there")
                .matches("<p style='width: 50%'>id -? ?\"x\"</p>");

        apply(new BackendPolicy.RequestIds(), new BackendPolicy.DeniedClients(List.of(LOOPBACK)));
        assertThat(rig().get("www.example.com", "/").body())
                .as("a page that is no format is shown as it is")
                .isEqualTo("<p style='width: 50%'>id %[var(txn.request_id)]</p>");
    }

    private HttpConnection.Response overProxyProtocol(String client) throws IOException {
        try (HttpConnection connection = HttpConnection.connect(rig().port)) {
            connection.write("PROXY TCP4 " + client + " 127.0.0.1 1234 80\r\n");
            return connection.get("www.example.com", "/");
        }
    }

    @Test
    void aLineOfTheLogIsAWholeObjectHoweverLongTheRequestIs() throws Exception {
        try (SyslogReceiver log = new SyslogReceiver()) {
            start(settings -> with(
                    settings,
                    Optional.of(log.address()),
                    new ListenerSettings(List.of(), false, LogFormat.JSON, Optional.empty())));
            List<String> paths = List.of("/" + "a".repeat(1_499), "/" + "a".repeat(15_000), "/".repeat(15_000));
            for (int i = 0; i < paths.size(); i++) {
                String path = paths.get(i);
                rig().get("www.example.com", path);
                assertThat(json(log, i).path("uri").asText())
                        .isEqualTo(path.substring(0, Math.min(path.length(), 8_000)));
            }
            String quotes = "\"".repeat(3_900);
            rig().get("www.example.com", "/" + "a/".repeat(2_000), "User-Agent: " + quotes, "Referer: " + quotes);
            JsonNode quoted = json(log, 3);
            assertThat(quoted.path("uri").asText()).hasSize(4_001);
            assertThat(quoted.path("user_agent").asText()).isEqualTo("\"".repeat(2_000));
            assertThat(quoted.path("referer").asText()).isEqualTo("\"".repeat(2_000));
            assertThat(quoted.path("termination").asText()).isNotEmpty();
            rig().get("www.example.com", "/", "User-Agent: " + "\u0001".repeat(13_000));
            assertThat(json(log, 4).path("user_agent").asText()).hasSize(2_000);
            rig().get("h".repeat(14_000), "/");
            assertThat(json(log, 5).path("status").asInt()).isBetween(400, 503);
        }
    }

    private static JsonNode json(SyslogReceiver log, int number) throws IOException {
        String text = line(log, number);
        return new ObjectMapper().readTree(text.substring(text.indexOf('{')));
    }

    /** A line about a request, counted from 0: HAProxy also logs messages about itself. */
    private static String line(SyslogReceiver log, int number) {
        await().until(() -> log.linesWith(REQUEST).size() > number);
        return log.linesWith(REQUEST).get(number);
    }

    private String body(String... headers) throws IOException {
        return rig().get("www.example.com", "/", headers).body();
    }

    private int status(String... headers) throws IOException {
        return rig().get("www.example.com", "/", headers).status();
    }

    private static UnaryOperator<ProxySettings> trusting(boolean protocol, AddressRange... proxies) {
        return settings -> with(
                settings,
                Optional.empty(),
                new ListenerSettings(List.of(proxies), protocol, LogFormat.TEXT, Optional.empty()));
    }

    private static ProxySettings with(ProxySettings usual, Optional<String> syslog, ListenerSettings listeners) {
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
                listeners);
    }

    private void start(UnaryOperator<ProxySettings> settings, BackendPolicy... policies) throws Exception {
        started = new HaproxyFixture(folder.resolve("rig"), HaproxyFixture.withBinary(binary), settings);
        apply(policies);
    }

    private Applied apply(BackendPolicy... policies) throws Exception {
        List<Server> servers = new ArrayList<>(List.of(LoopbackTopologies.server("web", origin.port())));
        return (Applied) rig().apply(new TopologySnapshot(
                1,
                new Topology(
                        List.of(new VirtualHost(
                                List.of(new HostName("www.example.com")), List.of(Route.toBackend("www_example_com")))),
                        List.of(new Backend(
                                "www_example_com", servers, new HealthCheck.Tcp(), List.of(), List.of(policies))))));
    }

    private HaproxyFixture rig() {
        return Objects.requireNonNull(started);
    }
}
