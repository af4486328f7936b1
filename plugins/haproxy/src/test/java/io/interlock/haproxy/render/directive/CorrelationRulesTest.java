package io.interlock.haproxy.render.directive;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.AccessLogEntry;
import io.interlock.api.loadbalancer.AccessLogSettings;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ListenerSettings;
import io.interlock.api.loadbalancer.ListenerSettings.LogFormat;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.RequestIds;
import io.interlock.api.topology.BackendPolicy.TraceContext;
import io.interlock.api.topology.BackendPolicy.TraceContext.Origin;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.haproxy.fixture.RequestHeadServer;
import io.interlock.testsupport.network.HttpConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Ids of requests and traces, on each real HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class CorrelationRulesTest {

    private static final String HOST = "www.example.com";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String VALID = "00-" + TRACE + "-" + PARENT + "-01";
    private static final String BEGUN = "00-[0-9a-f]{32}-[0-9a-f]{16}-";
    private static final String RANDOM_ID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";

    /** Each is not one valid header of version 00. */
    private static final List<List<String>> INVALID = List.of(
            List.of(),
            List.of("traceparent: "),
            List.of("traceparent: 00-" + TRACE.toUpperCase(Locale.ROOT) + "-" + PARENT + "-01"),
            List.of("traceparent: 00-" + TRACE + "-" + PARENT.toUpperCase(Locale.ROOT) + "-01"),
            List.of("traceparent: 00-" + TRACE + "-" + PARENT + "-0A"),
            List.of("traceparent: " + VALID + "-"),
            List.of("traceparent: " + VALID + "-extra"),
            List.of("traceparent: -" + VALID),
            List.of("traceparent: 00--" + TRACE + "-" + PARENT + "-01"),
            List.of("traceparent: 00-" + TRACE + PARENT + "-01"),
            List.of("traceparent: 01-" + TRACE + "-" + PARENT + "-01"),
            List.of("traceparent: ff-" + TRACE + "-" + PARENT + "-01"),
            List.of("traceparent: 00-" + "0".repeat(32) + "-" + PARENT + "-01"),
            List.of("traceparent: 00-" + TRACE + "-" + "0".repeat(16) + "-01"),
            List.of("traceparent: 00-" + TRACE + "-" + PARENT + "-1"),
            List.of("traceparent: 00_" + TRACE + "_" + PARENT + "_01"),
            List.of("traceparent: 00-" + TRACE.replace('4', 'g') + "-" + PARENT + "-01"),
            List.of("traceparent: " + VALID + "," + VALID),
            List.of("traceparent: \"" + VALID + "\""),
            List.of("traceparent: 00-" + "a".repeat(9_000) + "-" + PARENT + "-01"),
            List.of("traceparent: " + VALID, "traceparent: " + VALID),
            List.of("traceparent: " + VALID, "Traceparent: nonsense"),
            List.of("trace_parent: " + VALID),
            List.of("trace-parent: " + VALID));

    @TempDir
    Path folder;

    private final Path binary;
    private final RequestHeadServer server = new RequestHeadServer("web");
    private @Nullable HaproxyFixture started;

    CorrelationRulesTest(Path binary) throws Exception {
        this.binary = binary;
    }

    @AfterEach
    void close() throws Exception {
        if (started != null) {
            started.close();
        }
        server.close();
    }

    @Test
    void aValidTraceIsPassedOnWithItsStateAndFlags() throws Exception {
        for (Origin origin : List.of(Origin.CLIENTS, Origin.ALSO_HERE)) {
            try (HaproxyFixture haproxy = start(origin.name(), List.of(), new TraceContext(origin, 100))) {
                for (String flags : List.of("00", "01", "ff")) {
                    String trace = "00-" + TRACE + "-" + PARENT + "-" + flags;
                    get(haproxy, "/" + flags, "TraceParent: " + trace, "tracestate: a=1", "tracestate: b=2");

                    assertThat(sent("trace"))
                            .as(origin + " " + flags)
                            .containsExactlyInAnyOrder("traceparent: " + trace, "tracestate: a=1", "tracestate: b=2");
                    assertThat(haproxy.accessLog.of("/" + flags).request().traceparent())
                            .isEqualTo(trace);
                }
            }
        }
    }

    @Test
    void anInvalidTraceIsRemovedWithItsState() throws Exception {
        HaproxyFixture haproxy = started("pass", List.of(), new TraceContext(Origin.CLIENTS, 100));

        for (int i = 0; i < INVALID.size(); i++) {
            get(haproxy, "/" + i, with(INVALID.get(i), "tracestate: a=1"));

            assertThat(sent("traceparent", "tracestate"))
                    .as("%s", INVALID.get(i))
                    .isEmpty();
            assertThat(haproxy.accessLog.of("/" + i).request().traceparent()).isEmpty();
        }
    }

    @Test
    void anInvalidTraceIsReplacedByANewOne() throws Exception {
        HaproxyFixture haproxy = started("begin", List.of(), new TraceContext(Origin.ALSO_HERE, 100));

        for (int i = 0; i < INVALID.size(); i++) {
            get(haproxy, "/" + i, with(INVALID.get(i), "tracestate: a=1"));

            List<String> sent = sent("traceparent", "tracestate");
            assertThat(sent)
                    .as("%s", INVALID.get(i))
                    .singleElement()
                    .asString()
                    .matches("traceparent: " + BEGUN + "01");
            assertThat(sent.getFirst()).doesNotContain(TRACE).doesNotContain("0".repeat(16));
            assertThat("traceparent: " + haproxy.accessLog.of("/" + i).request().traceparent())
                    .isEqualTo(sent.getFirst());
        }
        assertThat(IntStream.range(0, INVALID.size())
                        .mapToObj(i -> haproxy.accessLog.of("/" + i).request().traceparent()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aTraceBeginsAnewUnlessATrustedProxySendsIt() throws Exception {
        TraceContext restart = new TraceContext(Origin.ALWAYS_HERE, 0);
        try (HaproxyFixture haproxy = start("client", List.of(), restart)) {
            get(haproxy, "/", "traceparent: " + VALID, "tracestate: a=1");
            assertThat(sent("trace")).singleElement().asString().matches("traceparent: " + BEGUN + "00");
            assertThat(sent("trace").getFirst()).doesNotContain(TRACE);
        }
        try (HaproxyFixture haproxy = start("other", List.of(AddressRange.of("192.0.2.0/24")), restart)) {
            get(haproxy, "/", "traceparent: " + VALID, "tracestate: a=1");
            assertThat(sent("trace")).singleElement().asString().matches("traceparent: " + BEGUN + "00");
        }
        HaproxyFixture haproxy = started("proxy", List.of(AddressRange.of("127.0.0.0/8")), restart);
        get(haproxy, "/", "traceparent: " + VALID, "tracestate: a=1");
        assertThat(sent("trace")).containsExactlyInAnyOrder("traceparent: " + VALID, "tracestate: a=1");
        get(haproxy, "/", "traceparent: " + VALID + "-", "tracestate: a=1");
        assertThat(sent("trace")).singleElement().asString().matches("traceparent: " + BEGUN + "00");
    }

    @Test
    void aShareOfNewTracesIsSampled() throws Exception {
        HaproxyFixture haproxy = started("half", List.of(), new TraceContext(Origin.ALSO_HERE, 50));

        List<String> flags = IntStream.range(0, 100)
                .mapToObj(i -> {
                    get(haproxy, "/" + i);
                    String sent = sent("traceparent").getFirst();
                    return sent.substring(sent.length() - 2);
                })
                .distinct()
                .toList();

        assertThat(flags).as("of 100 at 50 %%").containsExactlyInAnyOrder("00", "01");
    }

    @Test
    void aUsableRequestIdIsKeptAndAnotherOneReplaced() throws Exception {
        HaproxyFixture haproxy = started("ids", List.of(), new RequestIds());

        for (String usable : List.of("mine", "0aF.9_~+/=:@-", "x".repeat(128))) {
            assertThat(requestId(haproxy, "X-Request-Id: " + usable)).isEqualTo(usable);
        }
        for (List<String> unusable : List.of(
                List.<String>of(),
                List.of("X-Request-Id: "),
                List.of("X-Request-Id: a b"),
                List.of("X-Request-Id: <script>"),
                List.of("X-Request-Id: a\"b"),
                List.of("X-Request-Id: %[env(HOME)]"),
                List.of("X-Request-Id: \u00e9"),
                List.of("X-Request-Id: " + "x".repeat(129)),
                List.of("X-Request-Id: " + "x".repeat(9_000)),
                List.of("X-Request-Id: a", "x-request-id: b"),
                List.of("X_Request_Id: spelled"),
                List.of("X-Request_Id: spelled"),
                List.of("X.Request.Id: spelled"))) {
            assertThat(requestId(haproxy, unusable.toArray(String[]::new)))
                    .as("%s", unusable)
                    .matches(RANDOM_ID);
        }
        assertThat(requestId(haproxy, "X-Request-Id: mine", "X_Request_Id: other"))
                .isEqualTo("mine");
    }

    @Test
    void anErrorOfHaproxyHasTheIdOfTheRequest() throws Exception {
        HaproxyFixture haproxy = started("error", List.of(), new RequestIds());
        server.close();

        HttpConnection.Response response = get(haproxy, "/gone", "X-Request-Id: mine");

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("x-request-id")).isEqualTo("mine");
        AccessLogEntry entry = haproxy.accessLog.of("/gone");
        assertThat(entry.request().requestId()).isEqualTo("mine");
    }

    /** The id that the server and the client got, and that is logged. */
    private String requestId(HaproxyFixture haproxy, String... headers) {
        String path = "/" + System.nanoTime();
        HttpConnection.Response response = get(haproxy, path, headers);
        List<String> sent = server.headers().stream()
                .filter(header -> header.matches("(?s)x.request.id:.*"))
                .toList();
        String id = haproxy.accessLog.of(path).request().requestId();
        assertThat(sent).containsExactly("x-request-id: " + id);
        assertThat(response.header("x-request-id")).isEqualTo(id);
        return id;
    }

    private List<String> sent(String... names) {
        return server.headers().stream()
                .filter(header -> List.of(names).stream().anyMatch(header::startsWith))
                .toList();
    }

    private static String[] with(List<String> headers, String another) {
        return Stream.concat(headers.stream(), Stream.of(another)).toArray(String[]::new);
    }

    private HttpConnection.Response get(HaproxyFixture haproxy, String path, String... headers) {
        try {
            server.clear();
            return haproxy.get(HOST, path, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HaproxyFixture started(String name, List<AddressRange> trusted, BackendPolicy policy) throws Exception {
        started = start(name, trusted, policy);
        return started;
    }

    private HaproxyFixture start(String name, List<AddressRange> trusted, BackendPolicy policy) throws Exception {
        HaproxyFixture haproxy = new HaproxyFixture(
                folder.resolve(name), HaproxyFixture.withBinary(binary), usual -> with(usual, trusted));
        Backend backend = new Backend(
                "web",
                List.of(LoopbackTopologies.server("web", server.port())),
                new HealthCheck.Tcp(),
                List.of(),
                List.of(policy));
        Topology topology = new Topology(
                List.of(new VirtualHost(List.of(new HostName(HOST)), List.of(Route.toBackend("web")))),
                List.of(backend));
        assertThat(haproxy.apply(new TopologySnapshot(1, topology))).isInstanceOf(Applied.class);
        return haproxy;
    }

    private static ProxySettings with(ProxySettings usual, List<AddressRange> trusted) {
        return new ProxySettings(
                usual.port(),
                usual.connectTimeout(),
                usual.serverTimeout(),
                usual.clientTimeout(),
                usual.maxConnections(),
                usual.syslogAddress(),
                usual.configPath(),
                usual.pidPath(),
                usual.statsCredentials(),
                usual.tls(),
                new ListenerSettings(
                        trusted,
                        false,
                        LogFormat.TEXT,
                        Optional.empty(),
                        Optional.of(new AccessLogSettings(List.of(), List.of()))));
    }
}
