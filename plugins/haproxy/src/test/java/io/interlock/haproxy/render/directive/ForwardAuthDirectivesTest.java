package io.interlock.haproxy.render.directive;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.ForwardAuthentication;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.fixture.AuthDecisionServer;
import io.interlock.haproxy.fixture.AuthDecisionServer.Question;
import io.interlock.haproxy.fixture.HaproxyFixture;
import io.interlock.haproxy.fixture.LoopbackTopologies;
import io.interlock.haproxy.fixture.OpensslCertificates;
import io.interlock.haproxy.fixture.RawHttp2Client;
import io.interlock.haproxy.fixture.RequestHeadServer;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.SocketServer;
import io.interlock.testsupport.network.WebSocketServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests about which another server decides, with each available HAProxy. */
@Timeout(120)
@ParameterizedClass
@MethodSource("io.interlock.testsupport.process.HaproxyBinaries#all")
@Tag("haproxy")
class ForwardAuthDirectivesTest {

    private static final String HOST = "www.example.com";
    private static final String LOGGED_IN = "Cookie: session=good";
    /** Longer than a decision takes on a busy machine. */
    private static final int PATIENCE = 20_000;

    private static final int IMPATIENCE = 1_000;
    private static final Duration SLOWNESS = Duration.ofMillis(100);
    private static final ForwardAuthentication SSO = policy("sso", "remote-user", "remote-groups");

    @TempDir
    Path folder;

    private final Path binary;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Map<String, String> servers = new HashMap<>();
    private AuthDecisionServer auth;
    private AuthDecisionServer other;
    private RequestHeadServer origin;
    private HaproxyFixture rig;

    ForwardAuthDirectivesTest(Path binary) {
        this.binary = binary;
    }

    @BeforeEach
    void start() throws Exception {
        auth = opened(new AuthDecisionServer());
        other = opened(new AuthDecisionServer());
        origin = opened(new RequestHeadServer("origin"));
        servers.put("other", other.url("/"));
        servers.put("sso", auth.url("/verify?app=1"));
        servers.put("named", "http://localhost:" + auth.port() + "/verify");
        servers.put("closed", "http://127.0.0.1:" + PortAllocator.next() + "/");
        servers.put("unresolved", "http://auth.invalid:8080/");
        rig = fixture(PATIENCE);
    }

    /** Creates a fixture whose servers that authenticate have this many milliseconds. */
    private HaproxyFixture fixture(int timeout) throws Exception {
        return opened(new HaproxyFixture(
                folder.resolve("rig-" + timeout),
                PortAllocator.next(),
                HaproxyFixture.withAuthServers(binary, servers, timeout),
                Optional.empty()));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
        assertThat(rig.processes()).isEmpty();
    }

    private static ForwardAuthentication policy(String server, String... responseHeaders) {
        return new ForwardAuthentication(server, List.of(responseHeaders), List.of(), false);
    }

    @Test
    void onlyRequestsThatTheServerLetsPassAreServedWithTheHeadersOfItsAnswer() throws Exception {
        serve(SSO);

        HttpConnection.Response passed = rig.get(
                HOST,
                "/a?b=c",
                LOGGED_IN,
                "Remote-User: eve",
                "REMOTE_USER: eve",
                "Remote.Groups: admins",
                "X-Other: 1");
        assertThat(passed.status()).isEqualTo(200);
        assertThat(passed.body()).isEqualTo("origin /a?b=c");
        assertThat(origin.headers())
                .contains("remote-user: alice", "remote-groups: dev", "remote-groups: ops", "x-other: 1")
                .noneMatch(header ->
                        header.contains("eve") || header.contains("admins") || header.contains("x-interlock"));
        origin.clear();

        HttpConnection.Response refused = rig.get(HOST, "/a");
        assertThat(refused.status()).isEqualTo(302);
        assertThat(refused.header("location")).isEqualTo("https://auth.example.com/?rd=1&a=%20");
        assertThat(refused.header("cache-control")).isEqualTo("no-store");
        assertThat(refused.body()).isEqualTo("login");
        assertThat(refused.headers()).doesNotContainKey("x-interlock-auth");
        assertThat(origin.headers()).isEmpty();
    }

    @Test
    void theServerIsToldWhatIsAskedForAndByWhom() throws Exception {
        serve(SSO);

        try (HttpConnection http = HttpConnection.connect(rig.port)) {
            http.write("PUT /a//b/./c?d=%2e HTTP/1.1\r\nHost: " + HOST + ":80\r\nContent-Length: 4\r\n"
                    + "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Host: evil\r\nX-Forwarded-Uri: /evil\r\n"
                    + "X_Forwarded_Method: GET\r\nX-Real-Ip: 1.2.3.4\r\nForwarded: for=1.2.3.4\r\nIf-None-Match: *\r\n"
                    + "Range: bytes=0-1\r\nRemote-User: eve\r\nAuthorization: Bearer x\r\nX-Other: 1\r\n"
                    + "Cookie: session=good\r\n\r\nbody");
            assertThat(http.read().status()).isEqualTo(200);
        }
        Question asked = auth.last();
        assertThat(asked.line()).isEqualTo("GET /verify?app=1 HTTP/1.1");
        assertThat(asked.values("host")).containsExactly("127.0.0.1:" + auth.port());
        assertThat(asked.values("x-forwarded-method")).containsExactly("PUT");
        assertThat(asked.values("x-forwarded-host")).containsExactly(HOST + ":80");
        assertThat(asked.values("x-forwarded-uri")).containsExactly("/a/b/c?d=%2e");
        assertThat(asked.values("x-forwarded-for")).containsExactly("127.0.0.1");
        assertThat(asked.values("x-forwarded-proto")).containsExactly("http");
        assertThat(asked.values("authorization")).containsExactly("Bearer x");
        assertThat(asked.values("x-other")).containsExactly("1");
        assertThat(asked.headers())
                .noneMatch(
                        header -> header.matches(
                                "(content-length|transfer-encoding|x-real-ip|forwarded|if-none-match|range|remote-user|x_forwarded_method):.*"));
        assertThat(origin.headers()).contains("if-none-match: *", "range: bytes=0-1");

        serve(new ForwardAuthentication("sso", List.of(), List.of("cookie"), false));
        assertThat(rig.get(HOST, "/", LOGGED_IN, "Authorization: Bearer x", "X-Other: 1")
                        .status())
                .isEqualTo(200);
        assertThat(auth.last().values("cookie")).hasSize(1);
        assertThat(auth.last().headers())
                .noneMatch(header -> header.startsWith("authorization") || header.startsWith("x-other"));
    }

    /** The server decides by the path, and the application reads the same one. */
    @Test
    void noSpellingOfAPathIsDecidedAboutAsAnotherThanIsServed() throws Exception {
        serve(SSO);
        auth.answers((question, out) ->
                out.write((question.values("x-forwarded-uri").getFirst().startsWith("/admin")
                                ? "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
                                : AuthDecisionServer.PASSED)
                        .getBytes(StandardCharsets.ISO_8859_1)));

        for (String path : List.of(
                "/admin",
                "//admin",
                "/%61dmin",
                "/x/../admin",
                "/x/%2e%2e/admin",
                "/./admin",
                "http://www.example.com/admin")) {
            assertThat(rig.get(HOST, path).status()).as(path).isEqualTo(403);
        }
        for (String path : List.of("/%2fadmin", "/x/..%2fadmin", "/x\\..\\admin", "/x/..;/admin", "/%", "admin")) {
            assertThat(rig.get(HOST, path).status()).as(path).isEqualTo(400);
        }
        assertThat(origin.headers()).isEmpty();
        assertThat(rig.get(HOST, "/a%20b?x=%2F..").body()).isEqualTo("origin /a%20b?x=%2F..");
    }

    @Test
    void everyFaultOfTheServerRefusesTheRequest() throws Exception {
        List<String> answers = new ArrayList<>();
        answers.add("hello\r\n\r\n");
        answers.add("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n");
        answers.add("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab");
        answers.add("HTTP/1.1 600 Much\r\nContent-Length: 0\r\n\r\n");
        answers.add("HTTP/1.1 302 Found\r\nLocation: /a\u007fb\r\nContent-Length: 0\r\n\r\n");
        answers.add("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n");
        answers.add("HTTP/1.1 200 OK\r\nRemote-User: a\0b\r\nContent-Length: 0\r\n\r\n");
        answers.add("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + "x".repeat(20_000));
        answers.add("HTTP/1.1 200 OK\r\nX: " + "x".repeat(13_000) + "\r\nContent-Length: 0\r\n\r\n");
        answers.add("HTTP/1.1 200 OK\r\nRemote-User: " + "x".repeat(40_000) + "\r\nContent-Length: 0\r\n\r\n");
        answers.add("HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n4000\r\n" + "x".repeat(16_384));
        serve(SSO);
        for (String answer : answers) {
            auth.answers(answer);
            assertThat(rig.get(HOST, "/", LOGGED_IN).status())
                    .as(answer.substring(0, Math.min(80, answer.length())).replace('\0', '0'))
                    .isEqualTo(502);
        }
        auth.answers("HTTP/1.1 000 None\r\nContent-Length: 0\r\n\r\n");
        assertThat(rig.get(HOST, "/", LOGGED_IN).status()).isIn(502, 504);
        auth.answers((question, out) -> out.close());
        assertThat(rig.get(HOST, "/", LOGGED_IN).status()).isEqualTo(502);
        auth.answers((question, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".getBytes(StandardCharsets.US_ASCII));
            out.close();
        });
        assertThat(rig.get(HOST, "/", LOGGED_IN).status()).isEqualTo(502);
        assertThat(origin.headers()).isEmpty();

        auth.answers(AuthDecisionServer.PASSED);
        assertThat(rig.get(HOST, "/", LOGGED_IN).status()).isEqualTo(200);
    }

    @Test
    void anAnswerThatIsNotCompleteInTimeRefusesTheRequest() throws Exception {
        rig = fixture(IMPATIENCE);
        serve(SSO);
        for (String answer : List.of(
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\n",
                "")) {
            auth.answers(answer);
            assertThat(rig.get(HOST, "/", LOGGED_IN).status()).as(answer).isEqualTo(504);
        }
        assertThat(origin.headers()).isEmpty();
    }

    /** Within the limit of a wait for each byte such an answer could last for ever, and take all memory. */
    @Test
    void anAnswerWithoutAnEndIsGivenUp() throws Exception {
        serve(SSO);
        auth.answers((question, out) -> {
            out.write("HTTP/1.1 401 No\r\nTransfer-Encoding: chunked\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 200; i++) {
                out.write(("X-" + i + ": a\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(("400\r\n" + "x".repeat(1024) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        });
        assertThat(rig.get(HOST, "/").status()).isEqualTo(502);

        rig = fixture(IMPATIENCE);
        serve(SSO);
        for (String slow : List.of("HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")) {
            auth.answers((question, out) -> {
                out.write(slow.getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    out.write('x');
                    out.flush();
                    LockSupport.parkNanos(SLOWNESS.toNanos());
                }
            });
            assertThat(rig.get(HOST, "/").status()).isEqualTo(504);
        }
        assertThat(origin.headers()).isEmpty();
    }

    @Test
    void aServerThatIsAwayRefusesTheRequest() throws Exception {
        rig = fixture(IMPATIENCE);
        for (String name : List.of("closed", "unresolved")) {
            serve(policy(name));
            assertThat(rig.get(HOST, "/", LOGGED_IN).status()).as(name).isIn(502, 504);
        }
        auth.close();
        serve(SSO);
        assertThat(rig.get(HOST, "/", LOGGED_IN).status()).isIn(502, 504);
        assertThat(origin.headers()).isEmpty();
    }

    @Test
    void everyAnswerIsAskedForAnewOnKeptConnections() throws Exception {
        serve(SSO);
        try (HttpConnection http = HttpConnection.connect(rig.port)) {
            for (int i = 0; i < 3; i++) {
                assertThat(http.get(HOST, "/").status()).isEqualTo(302);
            }
        }
        for (int i = 0; i < 20; i++) {
            assertThat(rig.get(HOST, "/", LOGGED_IN).status()).isEqualTo(200);
        }

        assertThat(auth.questions()).hasSize(23);
        assertThat(auth.connections()).isLessThan(10);
    }

    @Test
    void itsCookiesReachTheClientWithTheAnswerOfTheContainer() throws Exception {
        serve(policy("sso", "set-cookie"));
        auth.answers(
                "HTTP/1.1 202 Accepted\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=%20\r\nContent-Length: 0\r\n\r\n");

        String answer =
                OpensslCertificates.run("curl", "-sSi", "-H", "Host: " + HOST, "http://127.0.0.1:" + rig.port + "/");
        assertThat(answer)
                .contains(" 200 ")
                .containsIgnoringCase("set-cookie: a=1; Path=/")
                .containsIgnoringCase("set-cookie: b=%20");
        assertThat(origin.headers()).noneMatch(header -> header.startsWith("set-cookie"));

        auth.answers("HTTP/1.1 202 Accepted\r\n" + "Set-Cookie: a=1\r\n".repeat(9) + "Content-Length: 0\r\n\r\n");
        assertThat(rig.get(HOST, "/").status()).isEqualTo(502);

        auth.answers(AuthDecisionServer.LOGIN);
        assertThat(OpensslCertificates.run("curl", "-sSi", "-H", "Host: " + HOST, "http://127.0.0.1:" + rig.port + "/"))
                .contains(" 302 ")
                .containsIgnoringCase("set-cookie: first=1; Path=/")
                .containsIgnoringCase("set-cookie: second=2");
    }

    @Test
    void aPageOfTheServerReachesTheClientAndATokenTheContainer() throws Exception {
        serve(policy("sso", "authorization"));
        String page = "<p>" + "x".repeat(10_000) + "</p>";
        auth.answers("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"a\"\r\nContent-Type: text/html\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(page.length()) + "\r\n" + page
                + "\r\n0\r\n\r\n");
        HttpConnection.Response refused = rig.get(HOST, "/");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("www-authenticate")).isEqualTo("Basic realm=\"a\"");
        assertThat(refused.body()).isEqualTo(page);
        try (HttpConnection http = HttpConnection.connect(rig.port)) {
            http.write("HEAD / HTTP/1.1\r\nHost: " + HOST + "\r\n\r\nGET / HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n");
            assertThat(http.read().status()).isEqualTo(401);
        } catch (IOException e) {
            throw new AssertionError(e);
        }

        String token = "Bearer " + "x".repeat(8_000);
        auth.answers("HTTP/1.1 200 OK\r\nAuthorization: " + token + "\r\nContent-Length: 0\r\n\r\n");
        assertThat(rig.get(HOST, "/", "Authorization: Basic eve", "X-Long: " + "y".repeat(7_000))
                        .status())
                .isEqualTo(200);
        assertThat(origin.headers()).contains("authorization: " + token).noneMatch(header -> header.contains("eve"));
    }

    @Test
    void severalServersMustAllLetARequestPass() throws Exception {
        serve(SSO, policy("other"));
        other.answers("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        assertThat(rig.get(HOST, "/", LOGGED_IN).status()).isEqualTo(403);
        other.answers(AuthDecisionServer.PASSED);
        assertThat(rig.get(HOST, "/", LOGGED_IN).status()).isEqualTo(200);
        assertThat(rig.get(HOST, "/").status()).isEqualTo(302);
    }

    @Test
    void aServerThatLeadsBackIsNotAskedAgain() throws Exception {
        serve(SSO);
        assertThat(rig.get(HOST, "/", LOGGED_IN, "X-Interlock-Auth: interlock.no-route")
                        .status())
                .isEqualTo(508);
        assertThat(auth.questions()).isEmpty();
    }

    @Test
    void aServerThatTheOperatorDidNotNameOrThatIsOnThisMachineServesNothing() throws Exception {
        assertServesNothing(policy("unknown"), "no server of that name in auth_servers");
        String own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst()
                .orElseThrow()
                .getHostAddress();
        assertServesNothing(policy("http://" + own + ":" + auth.port() + "/"), "address of this machine");
    }

    private void assertServesNothing(ForwardAuthentication policy, String reason) throws Exception {
        List<Omission> omissions = switch (rig.apply(new TopologySnapshot(1, topology(origin.port(), policy)))) {
            case Applied applied -> applied.omissions();
            case Unchanged unchanged -> unchanged.omissions();
            case ApplyResult failed -> throw new AssertionError(failed);
        };
        assertThat(omissions).singleElement().satisfies(omission -> {
            assertThat(omission.field()).isEqualTo("forward_auth");
            assertThat(omission.value()).isEqualTo(policy.server());
            assertThat(omission.reason()).contains(reason);
        });
        assertThat(rig.get(HOST, "/", LOGGED_IN).status()).isEqualTo(502);
        assertThat(auth.questions()).isEmpty();
        assertThat(origin.headers()).isEmpty();
    }

    @Test
    void aSecondHostOfTheSameServerNeedsNoReload() throws Exception {
        Topology first = topology(origin.port(), SSO);
        rig.apply(new TopologySnapshot(1, first));
        int reloads = rig.reloads();
        Backend second = new Backend(
                "second",
                List.of(LoopbackTopologies.server("web", origin.port())),
                new HealthCheck.Tcp(),
                List.of(),
                List.of(SSO));
        ApplyResult result = rig.apply(new TopologySnapshot(
                2,
                new Topology(
                        Stream.concat(
                                        first.virtualHosts().stream(),
                                        Stream.of(new VirtualHost(
                                                List.of(new HostName("other.example.com")),
                                                List.of(Route.toBackend("second")))))
                                .toList(),
                        Stream.concat(first.backends().stream(), Stream.of(second))
                                .toList())));

        assertThat(((Applied) result).how()).isEqualTo(ApplyMethod.RUNTIME);
        assertThat(rig.reloads()).isEqualTo(reloads);
        assertThat(rig.get("other.example.com", "/").status()).isEqualTo(302);
        assertThat(rig.get("other.example.com", "/", LOGGED_IN).status()).isEqualTo(200);
        assertThat(rig.stats().orElseThrow().toString()).doesNotContain("interlock.auth");
        rig.loseController();
        assertThat(rig.apply(new TopologySnapshot(3, first))).isInstanceOf(Applied.class);
        assertThat(rig.reloads()).isEqualTo(reloads);
        rig.apply(new TopologySnapshot(4, topology(origin.port())));
        assertThat(rig.get(HOST, "/").status()).isEqualTo(200);
    }

    @Test
    void webSocketsAndLongUploadsPassOnceTheServerHasDecided() throws Exception {
        SocketServer webSocket = opened(WebSocketServer.ofLines());
        rig.apply(new TopologySnapshot(1, topology(webSocket.port(), SSO)));
        try (HttpConnection http = HttpConnection.connect(rig.port)) {
            assertThat(http.upgrade(HOST)).contains(" 302 ");
        }
        auth.answers(AuthDecisionServer.PASSED);
        try (HttpConnection http = HttpConnection.connect(rig.port)) {
            assertThat(http.upgrade(HOST)).contains(" 101 ");
            assertThat(http.exchange("ping")).isEqualTo("ping");
        }
        assertThat(auth.last().headers())
                .noneMatch(header -> header.startsWith("upgrade:") || header.contains("Upgrade"));

        HttpServer counting = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        opened(() -> counting.stop(0));
        counting.createContext("/", exchange -> {
            long received = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            byte[] answer = Long.toString(received).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        counting.start();
        rig.apply(new TopologySnapshot(2, topology(counting.getAddress().getPort(), SSO)));
        Path file = folder.resolve("upload");
        try (var out = Files.newOutputStream(file)) {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                out.write(block);
            }
        }
        for (String[] how : List.of(new String[] {}, new String[] {"-H", "Transfer-Encoding: chunked"}, new String[] {
            "--http2-prior-knowledge"
        })) {
            List<String> command = new ArrayList<>(
                    List.of("curl", "-sS", "-w", " %{http_code}", "-H", "Host: " + HOST, "-T", file.toString()));
            command.addAll(List.of(how));
            command.add("http://127.0.0.1:" + rig.port + "/upload");
            assertThat(OpensslCertificates.run(command.toArray(String[]::new))).isEqualTo("104857600 200");
        }
        auth.answers("HTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\nno");
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), rig.port)) {
            OutputStream out = client.getOutputStream();
            out.write(("POST / HTTP/1.1\r\nHost: " + HOST
                            + "\r\nContent-Length: 100000000\r\nExpect: 100-continue\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = client.getInputStream();
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 401");
        }
    }

    @Test
    void requestsByHttp2AreDecidedAbout() throws Exception {
        serve(SSO);
        List<String> request =
                new ArrayList<>(List.of(":method", "GET", ":scheme", "http", ":authority", HOST, ":path", "/a"));
        assertThat(RawHttp2Client.ask(rig.port, request)).startsWith("302");
        request.addAll(List.of("cookie", "a=b", "cookie", "session=good"));
        assertThat(RawHttp2Client.ask(rig.port, request)).contains("origin /a");
        assertThat(origin.headers()).contains("remote-user: alice");
    }

    @Test
    void manyRequestsAtOnceAreEachDecidedAbout() throws Exception {
        OriginServer many = opened(new OriginServer("many"));
        rig.apply(new TopologySnapshot(1, topology(many.port(), SSO)));
        List<Thread> clients = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 50; i++) {
            boolean known = i % 2 == 0;
            clients.add(Thread.ofVirtual().start(() -> {
                try (HttpConnection http = HttpConnection.connect(rig.port)) {
                    for (int j = 0; j < 20; j++) {
                        HttpConnection.Response response = known ? http.get(HOST, "/", LOGGED_IN) : http.get(HOST, "/");
                        assertThat(response.status()).isEqualTo(known ? 200 : 302);
                    }
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        assertThat(failures).isEmpty();
        assertThat(auth.questions()).hasSizeGreaterThanOrEqualTo(1000);
    }

    @Test
    void theNameLocalhostOfTheOperatorIsThisMachine() throws Exception {
        serve(policy("named"));
        assertThat(rig.get(HOST, "/", LOGGED_IN).status()).isEqualTo(200);
    }

    private void serve(BackendPolicy... policies) throws Exception {
        assertThat(rig.apply(new TopologySnapshot(1, topology(origin.port(), policies))))
                .isInstanceOfSatisfying(
                        Applied.class,
                        applied -> assertThat(applied.omissions()).isEmpty());
    }

    private static Topology topology(int port, BackendPolicy... policies) {
        Backend backend = new Backend(
                "web",
                List.of(LoopbackTopologies.server("web", port)),
                new HealthCheck.Tcp(),
                List.of(),
                List.of(policies));
        return new Topology(
                List.of(new VirtualHost(List.of(new HostName(HOST)), List.of(Route.toBackend("web")))),
                List.of(backend));
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }
}
