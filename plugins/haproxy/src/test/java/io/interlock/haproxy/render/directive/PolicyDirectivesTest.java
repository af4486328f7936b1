package io.interlock.haproxy.render.directive;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.api.loadbalancer.TlsSettings.PlainHttp;
import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.Balance.Algorithm;
import io.interlock.api.topology.BackendPolicy.BasicAuthentication.User;
import io.interlock.api.topology.BackendPolicy.Redirects.Redirect;
import io.interlock.api.topology.Certificate;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.TlsMaterial;
import io.interlock.api.topology.TlsVersion;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.haproxy.fixture.OpensslCertificates;
import io.interlock.haproxy.fixture.ProtocolEchoServer;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Effect of policies on requests, on each available HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class PolicyDirectivesTest {

    private static final HostName NAME = new HostName("www.example.com");
    private static final HostName ALIAS = new HostName("example.com");
    private static final AddressRange LOOPBACK = AddressRange.of("127.0.0.0/8");
    private static final AddressRange ELSEWHERE = AddressRange.of("10.0.0.0/8");

    /** Hash of "secret" with the fewest rounds possible: HAProxy 3.4 warns of hashes that take this machine long. */
    private static final String HASH = "$5$rounds=1000$abc$Mz4DiYKTnNKbZLo/mIp3d8Y4aQBhv3uhSwxLDy55/Y8";

    private final Path binary;

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private OpensslCertificates pems;
    private ProtocolEchoServer mirror;
    private @Nullable HaproxyFixture started;
    private int httpsPort;

    PolicyDirectivesTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void prepare() throws Exception {
        pems = new OpensslCertificates(folder.resolve("pems"));
        mirror = opened(new ProtocolEchoServer(binary, folder, pems));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        if (started != null) {
            assertThat(started.processes()).isEmpty();
        }
    }

    @Test
    void plainHttpIsRedirectedAndBrowsersAreToldToStayWithHttps() throws Exception {
        BackendPolicy hsts = new BackendPolicy.StrictTransportSecurity(Duration.ofDays(1), true, true);
        apply(true, List.of(new BackendPolicy.HttpsOnly(301), hsts), mirror.plain);

        HttpConnection.Response plain = rig().get("www.example.com:80", "/a?b=c");
        assertThat(plain.status()).isEqualTo(301);
        assertThat(plain.headers())
                .containsEntry("location", "https://www.example.com:9443/a?b=c")
                .doesNotContainKey("strict-transport-security");
        assertThat(https())
                .contains("200")
                .containsIgnoringCase("strict-transport-security: max-age=86400; includeSubDomains; preload");
    }

    @Test
    void withoutHttpsWhatIsForHttpsOnlyIsNotServed() throws Exception {
        ApplyResult result = apply(false, List.of(new BackendPolicy.HttpsOnly(308)), mirror.plain);

        assertThat(((Applied) result).omissions()).singleElement().satisfies(omission -> {
            assertThat(omission.field()).isEqualTo("ssl_only");
            assertThat(omission.reason()).contains("no HTTPS listener");
        });
        assertThat(rig().get(NAME.value(), "/").status()).isEqualTo(403);
    }

    @Test
    void onlyClientsOnEveryListOfAllowedAndOnNoListOfDeniedAreServed() throws Exception {
        assertThat(statusWith(new BackendPolicy.AllowedClients(List.of(ELSEWHERE, LOOPBACK))))
                .isEqualTo(200);
        assertThat(statusWith(new BackendPolicy.AllowedClients(many(ELSEWHERE, LOOPBACK))))
                .isEqualTo(200);
        assertThat(statusWith(new BackendPolicy.AllowedClients(many(ELSEWHERE))))
                .isEqualTo(403);
        assertThat(statusWith(
                        new BackendPolicy.AllowedClients(List.of(LOOPBACK)),
                        new BackendPolicy.AllowedClients(List.of(ELSEWHERE))))
                .isEqualTo(403);
        assertThat(statusWith(new BackendPolicy.DeniedClients(List.of(ELSEWHERE))))
                .isEqualTo(200);
        assertThat(statusWith(
                        new BackendPolicy.DeniedClients(List.of(ELSEWHERE)),
                        new BackendPolicy.DeniedClients(List.of(LOOPBACK))))
                .isEqualTo(403);
        assertThat(statusWith(new BackendPolicy.DeniedClients(List.of(AddressRange.of("::1")))))
                .isEqualTo(200);
    }

    @Test
    void aClientThatAsksTooOftenIsToldToWait() throws Exception {
        apply(false, List.of(new BackendPolicy.RateLimit(3, Duration.ofHours(1))), mirror.plain);

        assertThat(Stream.of(1, 2, 3).map(i -> status())).containsOnly(200);
        HttpConnection.Response fourth = rig().get(NAME.value(), "/");
        assertThat(fourth.status()).isEqualTo(429);
        assertThat(fourth.header("retry-after")).isEqualTo("3600");
    }

    @Test
    void bodiesThatAreTooLargeOrOfUnknownLengthAreRefused() throws Exception {
        apply(false, List.of(new BackendPolicy.BodyLimit(100)), mirror.plain);

        assertThat(curl("-d", "x".repeat(100))).contains(" 200 ");
        assertThat(curl("-d", "x".repeat(101))).contains(" 413 ");
        assertThat(curl("-d", "x", "-H", "Transfer-Encoding: chunked")).contains(" 411 ");
        assertThat(curl()).contains(" 200 ");
    }

    @Test
    void onlyThoseWhoKnowAPasswordAreServed() throws Exception {
        BackendPolicy authentication =
                new BackendPolicy.BasicAuthentication(List.of(new User("bob", HASH), new User("alice", HASH)));
        apply(false, List.of(authentication), mirror.plain);

        assertThat(curl("-u", "alice:secret")).contains(" 200 ");
        assertThat(curl("-u", "bob:secret")).contains(" 200 ");
        assertThat(curl("-u", "alice:Secret")).contains(" 401 ");
        assertThat(curl("-u", "carol:secret")).contains(" 401 ");
        assertThat(curl()).contains(" 401 ").containsIgnoringCase("www-authenticate: Basic realm=\"Interlock\"");
        assertThat(apply(false, List.of(authentication), mirror.plain)).isInstanceOf(Unchanged.class);
        assertThat(rig().preview(snapshot(List.of(authentication), mirror.plain))
                        .toString())
                .doesNotContain(HASH);
    }

    @Test
    void passwordsOfAClientThatKeepsGuessingAreNotLookedAt() throws Exception {
        apply(false, List.of(new BackendPolicy.BasicAuthentication(List.of(new User("alice", HASH)))), mirror.plain);
        for (int i = 0; i < 11; i++) {
            assertThat(curl("-u", "alice:guess" + i)).contains(" 401 ");
        }

        assertThat(curl("-u", "alice:guess")).contains(" 429 ").containsIgnoringCase("retry-after: 60");
        assertThat(curl("-u", "alice:secret")).contains(" 429 ");
        assertThat(curl()).contains(" 401 ");
        assertThat(curl("--interface", "127.0.0.7", "-u", "alice:secret")).contains(" 200 ");
    }

    @Test
    void aBackendInMaintenanceSaysWhenToComeAgain() throws Exception {
        apply(false, List.of(new BackendPolicy.Maintenance(Duration.ofMinutes(2))), mirror.plain);

        HttpConnection.Response response = rig().get(NAME.value(), "/");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("retry-after")).isEqualTo("120");
    }

    @Test
    void otherNamesLeadToTheCanonicalOne() throws Exception {
        apply(false, List.of(new BackendPolicy.CanonicalName(NAME, 308)), mirror.plain);

        HttpConnection.Response other = rig().get(ALIAS.value() + ":8080", "/a?b=c");
        assertThat(other.status()).isEqualTo(308);
        assertThat(other.header("location")).isEqualTo("http://www.example.com:8080/a?b=c");
        assertThat(rig().get("WWW.example.com.", "/").status()).isEqualTo(200);
    }

    @Test
    void aPathIsTakenAwayWhateverItMeansAsAPattern() throws Exception {
        for (String prefix : List.of("/api", "/a.b(c)*+$", "/a%20b")) {
            apply(false, List.of(new BackendPolicy.StrippedPath(prefix)), mirror.plain);

            assertThat(curl("--request-target", prefix + "/x/y?z=" + prefix))
                    .contains(" path=/x/y?z=" + prefix + " prefix=" + prefix + " ");
            assertThat(curl("--request-target", prefix)).contains(" path=/ ");
            assertThat(curl("--request-target", "/aab(c)/x")).contains(" path=/aab(c)/x ");
        }
    }

    @Test
    void scriptsOfAllowedOriginsMayAsk() throws Exception {
        BackendPolicy cors = new BackendPolicy.CrossOrigin(
                List.of("https://app.example.com", "http://localhost:3000"),
                List.of("GET", "PUT"),
                List.of("X-Token", "Content-Type"),
                true,
                Duration.ofMinutes(5));
        apply(
                false,
                List.of(cors, new BackendPolicy.BasicAuthentication(List.of(new User("alice", HASH)))),
                mirror.plain);
        String[] preflight = {"-X", "OPTIONS", "-H", "Access-Control-Request-Method: PUT", "-H"};

        assertThat(curl(with(preflight, "Origin: https://app.example.com")))
                .contains(" 204 ")
                .containsIgnoringCase("access-control-allow-origin: https://app.example.com\r\n")
                .containsIgnoringCase("access-control-allow-methods: GET, PUT\r\n")
                .containsIgnoringCase("access-control-allow-headers: X-Token, Content-Type\r\n")
                .containsIgnoringCase("access-control-allow-credentials: true\r\n")
                .containsIgnoringCase("access-control-max-age: 300\r\n")
                .containsIgnoringCase("vary: Origin");
        assertThat(curl(with(preflight, "Origin: https://evil.example.com")))
                .contains(" 401 ")
                .doesNotContainIgnoringCase("access-control-allow");
        assertThat(curl("-u", "alice:secret", "-H", "Origin: http://localhost:3000"))
                .contains(" 200 ")
                .containsIgnoringCase("access-control-allow-origin: http://localhost:3000\r\n");
        apply(
                false,
                List.of(new BackendPolicy.CrossOrigin(
                        List.of("*"), List.of("GET"), List.of("*"), false, Duration.ZERO)),
                mirror.plain);
        assertThat(curl("-H", "Origin: https://evil.example.com"))
                .containsIgnoringCase("access-control-allow-origin: *\r\n");
    }

    @Test
    void headersAreSetWhateverTheirValueMeansToHaproxyAndRemoved() throws Exception {
        String ugly = "%[env(HOME)] %% \"a\" 'b' \\n ${HOME} # ; {}";
        apply(
                false,
                List.of(
                        new BackendPolicy.RequestHeaders(List.of(set("X-A", ugly), removed("X-B"))),
                        new BackendPolicy.ResponseHeaders(List.of(set("X-Ugly", ugly), removed("Server"))),
                        new BackendPolicy.RequestIds()),
                mirror.plain);

        String answer = curl("-H", "X-A: mine", "-H", "X-B: mine");
        assertThat(answer)
                .contains(" a=" + ugly + " b= id=")
                .containsIgnoringCase("x-ugly: " + ugly + "\r\n")
                .doesNotContainIgnoringCase("server: mirror")
                .containsPattern("(?i)x-request-id: [0-9a-f-]{36}\r\n")
                .containsPattern("id=[0-9a-f-]{36} ");
        assertThat(curl("-H", "X-Request-Id: mine"))
                .containsIgnoringCase("x-request-id: mine\r\n")
                .contains("id=mine ");
    }

    @Test
    void textIsCompressed() throws Exception {
        apply(false, List.of(new BackendPolicy.Compression()), mirror.plain);

        assertThat(curl("-H", "Accept-Encoding: gzip", "-o", "/dev/null", "-D", "-"))
                .containsIgnoringCase("content-encoding: gzip");
        assertThat(curl()).doesNotContainIgnoringCase("content-encoding");
    }

    @Test
    void serversAreSpokenToAsTheyWantAlsoThoseThatComeLater() throws Exception {
        assertThat(bothWith(ProtocolEchoServer.Protocol.PLAIN))
                .allMatch(answer -> answer.contains("version=1.1 tls=0"));
        assertThat(bothWith(ProtocolEchoServer.Protocol.HTTP2, new BackendPolicy.Http2ToServers()))
                .allMatch(answer -> answer.contains("version=2.0 tls=0"));
        assertThat(bothWith(ProtocolEchoServer.Protocol.TLS, new BackendPolicy.TlsToServers(false)))
                .allMatch(answer -> answer.contains("version=1.1 tls=1 sni=www.example.com"));
        assertThat(bothWith(
                        ProtocolEchoServer.Protocol.TLS,
                        new BackendPolicy.TlsToServers(false),
                        new BackendPolicy.Http2ToServers()))
                .allMatch(answer -> answer.contains("version=2.0 tls=1 sni=www.example.com"));
        assertThat(bothWith(ProtocolEchoServer.Protocol.PROXIED, new BackendPolicy.ProxyProtocol(1)))
                .allMatch(answer -> answer.contains("source=127.0.0.1"));
        assertThat(bothWith(ProtocolEchoServer.Protocol.PROXIED, new BackendPolicy.ProxyProtocol(2)))
                .allMatch(answer -> answer.contains("source=127.0.0.1"));
        assertThat(bothWith(ProtocolEchoServer.Protocol.PLAIN, new BackendPolicy.ConcurrencyLimit(1)))
                .hasSize(2);
    }

    @Test
    void serversGetTheHostThatTheContainerNames() throws Exception {
        BackendPolicy host = new BackendPolicy.UpstreamHost(new HostName("files.example.com"), OptionalInt.of(8443));

        assertThat(bothWith(ProtocolEchoServer.Protocol.PLAIN, host))
                .allMatch(answer ->
                        answer.contains("version=1.1 tls=0") && answer.contains(" host=files.example.com:8443 "));
        assertThat(bothWith(ProtocolEchoServer.Protocol.HTTP2, new BackendPolicy.Http2ToServers(), host))
                .allMatch(answer -> answer.contains("version=2.0") && answer.contains(" host=files.example.com:8443 "));
        assertThat(bothWith(ProtocolEchoServer.Protocol.TLS, new BackendPolicy.TlsToServers(false), host))
                .allMatch(answer ->
                        answer.contains("sni=files.example.com ") && answer.contains(" host=files.example.com:8443 "));
    }

    @Test
    void aServerThatShowsACertificateThatNobodyVouchesForIsNotSpokenTo() throws Exception {
        apply(false, List.of(new BackendPolicy.TlsToServers(true)), mirror.tls);

        assertThat(status()).isEqualTo(503);
    }

    @Test
    void everyAlgorithmTakesServersWhileHaproxyRuns() throws Exception {
        for (Algorithm algorithm : Algorithm.values()) {
            apply(false, List.of(new BackendPolicy.Balance(algorithm)), mirror.plain);
            ProtocolEchoServer other = opened(new ProtocolEchoServer(binary, folder, pems));

            assertThat(apply(false, List.of(new BackendPolicy.Balance(algorithm)), mirror.plain, other.plain))
                    .as("%s", algorithm)
                    .isInstanceOfSatisfying(
                            Applied.class, applied -> assertThat(applied.how()).isEqualTo(ApplyMethod.RUNTIME));
            assertThat(status()).isEqualTo(200);
        }
    }

    @Test
    void aClientKeepsItsServerByACookieAlsoOneThatCameLater() throws Exception {
        List<BackendPolicy> sticky = List.of(new BackendPolicy.Sticky("SRV"));
        apply(false, sticky, mirror.plain);
        ProtocolEchoServer other = opened(new ProtocolEchoServer(binary, folder, pems));
        assertThat(((Applied) apply(false, sticky, mirror.plain, other.plain)).how())
                .isEqualTo(ApplyMethod.RUNTIME);

        for (int port : List.of(mirror.plain, other.plain)) {
            Path jar = folder.resolve("jar-" + port);
            await().until(() -> {
                Files.deleteIfExists(jar);
                return curl("-c", jar.toString()).contains("port=" + port);
            });
            assertThat(Files.readString(jar)).contains("SRV", "#HttpOnly_");
            for (int i = 0; i < 5; i++) {
                assertThat(curl("-b", jar.toString())).contains("port=" + port);
            }
        }
    }

    @Test
    void serversGetTheirSharesWhichChangeWhileHaproxyRuns() throws Exception {
        ProtocolEchoServer other = opened(new ProtocolEchoServer(binary, folder, pems));
        applyWeights(other, 1, 3);
        assertThat(shareOf(other)).isEqualTo(30);
        assertThat(((Applied) applyWeights(other, 9, 1)).how()).isEqualTo(ApplyMethod.RUNTIME);
        assertThat(shareOf(other)).isBetween(3, 5);
        assertThat(applyWeights(other, 9, 1)).isInstanceOf(Unchanged.class);
        rig().loseController();
        assertThat(applyWeights(other, 9, 1)).isInstanceOf(Unchanged.class);
    }

    private ApplyResult applyWeights(ProtocolEchoServer other, int first, int second) throws Exception {
        if (started == null) {
            apply(false, List.of(), mirror.plain, other.plain);
        }
        Topology topology = snapshot(List.of(), mirror.plain, other.plain).topology();
        List<Server> servers =
                Stream.of(weighted(mirror, first), weighted(other, second)).toList();
        return rig().apply(new TopologySnapshot(
                2,
                new Topology(
                        topology.virtualHosts(),
                        List.of(new Backend("www_example_com", servers, new HealthCheck.Tcp(), List.of())),
                        topology.tls())));
    }

    private static Server weighted(ProtocolEchoServer mirror, int weight) {
        Server server = LoopbackTopologies.server("web-" + mirror.plain, mirror.plain);
        return new Server(
                server.id(),
                server.name(),
                server.address(),
                server.port(),
                server.state(),
                server.checkInterval(),
                weight);
    }

    /** The number of 40 requests that the server gets. */
    private int shareOf(ProtocolEchoServer one) throws IOException {
        int share = 0;
        for (int i = 0; i < 40; i++) {
            share += rig().get(NAME.value(), "/").body().contains("port=" + one.plain) ? 1 : 0;
        }
        return share;
    }

    @Test
    void aServerThatIsSilentForTooLongIsGivenUp() throws Exception {
        OriginServer origin = opened(new OriginServer("slow"));
        BackendPolicy timeouts = new BackendPolicy.Timeouts(
                Optional.of(Duration.ofSeconds(2)),
                Optional.of(Duration.ofMillis(50)),
                Optional.of(Duration.ofDays(1)));
        apply(false, List.of(timeouts), origin.port());

        await().until(() -> rig().get(NAME.value(), "/").status() == 200);
        assertThat(rig().get(NAME.value(), "/slow").status()).isEqualTo(504);
    }

    @Test
    void aRequestIsSentAgainForWhatTheContainerSaysAndNeverOneThatMayDoHarm() throws Exception {
        OriginServer ill = opened(new OriginServer("ill"));
        BackendPolicy once = new BackendPolicy.Retries(Optional.of(1), List.of(BackendPolicy.Retries.Cause.STATUS_500));
        apply(false, List.of(once), ill.port());

        assertThat(rig().get(NAME.value(), "/ill").status()).isEqualTo(500);
        assertThat(ill.requests()).hasSize(2);
        assertThat(HttpConnection.post(rig().port, NAME.value(), "/ill", "body").status())
                .isEqualTo(500);
        assertThat(ill.requests()).hasSize(3);

        apply(false, List.of(new BackendPolicy.Retries(Optional.of(0), List.of())), ill.port());
        assertThat(rig().get(NAME.value(), "/ill").status()).isEqualTo(500);
        assertThat(ill.requests()).hasSize(4);
    }

    @Test
    void someRequestsAreRedirectedElsewhere() throws Exception {
        BackendPolicy redirects = new BackendPolicy.Redirects(List.of(
                new Redirect("/old", false, "/new%20?a=b", false, 301),
                new Redirect("/docs", true, "https://docs.example.com/v2", true, 302),
                new Redirect("/gone", true, "/here", false, 303),
                new Redirect("/up", true, "/", true, 307)));
        apply(false, List.of(redirects), mirror.plain);

        assertThat(redirected("/old")).isEqualTo("301 /new%20?a=b");
        assertThat(redirected("/docs")).isEqualTo("302 https://docs.example.com/v2");
        assertThat(redirected("/docs/a/b?c=d")).isEqualTo("302 https://docs.example.com/v2/a/b?c=d");
        assertThat(redirected("/docs//evil.example.com"))
                .isEqualTo("302 https://docs.example.com/v2//evil.example.com");
        assertThat(redirected("/gone/x?y")).isEqualTo("303 /here");
        assertThat(redirected("/up/a//b?c=d")).isEqualTo("307 /a//b?c=d");
        assertThat(redirected("/up?c=d")).isEqualTo("307 /?c=d");
        for (String evil : List.of("//", "/\\", "///\\/", "/\\\\")) {
            assertThat(redirected("/up" + evil + "evil.example")).isEqualTo("307 /evil.example");
        }
        assertThat(rig().get(NAME.value(), "/older").status()).isEqualTo(200);
        assertThat(rig().get(NAME.value(), "/docsx").status()).isEqualTo(200);
    }

    private String redirected(String path) throws IOException {
        HttpConnection.Response response = rig().get(NAME.value(), path);
        return response.status() + " " + response.headers().getOrDefault("location", "none");
    }

    private Set<String> bothWith(ProtocolEchoServer.Protocol way, BackendPolicy... policies) throws Exception {
        ProtocolEchoServer second = opened(new ProtocolEchoServer(binary, folder, pems));
        apply(false, List.of(policies), mirror.port(way));
        assertThat(((Applied) apply(false, List.of(policies), mirror.port(way), second.port(way))).how())
                .isEqualTo(ApplyMethod.RUNTIME);
        Set<String> answers = new HashSet<>();
        await().until(() -> {
            String answer = curl();
            answers.add(answer.substring(answer.indexOf("port=") + 5));
            return answers.size() == 2;
        });
        return answers;
    }

    private int statusWith(BackendPolicy... policies) throws Exception {
        apply(false, List.of(policies), mirror.plain);
        return status();
    }

    private int status() {
        try {
            return rig().get(NAME.value(), "/").status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ApplyResult apply(boolean tls, List<BackendPolicy> policies, int... ports) throws Exception {
        if (started == null) {
            httpsPort = PortAllocator.next();
            TlsSettings settings = new TlsSettings(
                    httpsPort, 9443, TlsVersion.TLS_1_2, Optional.empty(), PlainHttp.SERVED, false, false);
            Path data = folder.resolve("rig");
            started = opened(
                    tls
                            ? new HaproxyFixture(
                                    data, PortAllocator.next(), HaproxyFixture.withBinary(binary), settings)
                            : new HaproxyFixture(
                                    data, PortAllocator.next(), HaproxyFixture.withBinary(binary), Optional.empty()));
        }
        ApplyResult result = rig().apply(snapshot(policies, ports));
        assertThat(result).isInstanceOfAny(Applied.class, Unchanged.class);
        return result;
    }

    private TopologySnapshot snapshot(List<BackendPolicy> policies, int... ports) throws IOException {
        List<Server> servers = Arrays.stream(ports)
                .mapToObj(port -> LoopbackTopologies.server("web-" + port, port))
                .toList();
        Backend backend = new Backend("www_example_com", servers, new HealthCheck.Tcp(), List.of(), policies);
        Path pem = folder.resolve("pems/www");
        if (Files.notExists(pem)) {
            pems.selfSigned("www", NAME.value());
        }
        Certificate certificate = new Certificate("www", pem, Files.size(pem), List.of(NAME), Optional.empty());
        return new TopologySnapshot(
                1,
                new Topology(
                        List.of(new VirtualHost(List.of(NAME, ALIAS), List.of(Route.toBackend(backend.name())))),
                        List.of(backend),
                        new TlsMaterial(List.of(certificate), List.of())));
    }

    private String curl(String... options) throws IOException {
        return request("http://www.example.com:" + rig().port + "/", rig().port, options);
    }

    private String https() throws IOException {
        return request("https://www.example.com:" + httpsPort + "/", httpsPort, "-k");
    }

    private static String request(String url, int port, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "curl", "-sS", "-i", "--max-time", "20", "--resolve", "www.example.com:" + port + ":127.0.0.1"));
        command.addAll(List.of(options));
        command.add(url);
        return OpensslCertificates.run(command.toArray(String[]::new));
    }

    private static String[] with(String[] options, String last) {
        return Stream.concat(Stream.of(options), Stream.of(last)).toArray(String[]::new);
    }

    private static HeaderChange set(String name, String value) {
        return HeaderChange.set(name, value);
    }

    private static HeaderChange removed(String name) {
        return HeaderChange.removal(name);
    }

    /** Returns more ranges than one line of HAProxy's configuration can contain. */
    private static List<AddressRange> many(AddressRange... last) {
        List<AddressRange> ranges = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ranges.add(AddressRange.of("2001:db8:" + i + "::/48"));
        }
        ranges.addAll(List.of(last));
        return ranges;
    }

    private HaproxyFixture rig() {
        return Objects.requireNonNull(started);
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
