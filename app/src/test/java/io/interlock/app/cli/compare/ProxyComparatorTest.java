package io.interlock.app.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.interlock.app.cli.compare.ComparisonReport.AnswerDifference;
import io.interlock.app.cli.compare.ComparisonReport.DifferentAnswer;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same requests to two servers that stand for the other proxy and Interlock. */
@Tag("unit")
class ProxyComparatorTest {

    /** Answers a request. */
    private interface Answerer {
        void answer(HttpExchange exchange) throws IOException;
    }

    private static final List<String> ROUTES = List.of("a.example.com", "a.example.com/api/");

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        servers.forEach(server -> server.stop(0));
    }

    private String proxy(Answerer answerer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
            try (exchange) {
                answerer.answer(exchange);
            }
        });
        server.start();
        servers.add(server);
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static Answerer answer(int status, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private static Answerer chunked(String body) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
        };
    }

    private List<AnswerDifference> differences(Answerer before, Answerer after) throws IOException {
        ComparisonReport report = new ProxyComparator(proxy(before), proxy(after)).compare(List.of("a.example.com"));
        assertThat(report.requests()).isEqualTo(1);
        assertThat(report.same()).isEqualTo(report.answers().isEmpty());
        return report.answers().stream()
                .flatMap(answer -> answer.differences().stream())
                .toList();
    }

    @Test
    void bothAreAskedForEachHostAndPath() throws Exception {
        ComparisonReport report = new ProxyComparator(proxy(answer(200, "x")), proxy(answer(200, "x"))).compare(ROUTES);

        assertThat(report.same()).isTrue();
        assertThat(report.requests()).isEqualTo(2);
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "a.example.com/", "a.example.com/", "a.example.com/api/", "a.example.com/api/");
    }

    @Test
    void aStatusThatDiffersIsListedWithItsHostAndPath() throws Exception {
        ComparisonReport report = new ProxyComparator(
                        proxy(exchange -> answer(
                                        exchange.getRequestURI().getPath().equals("/") ? 200 : 401, "x")
                                .answer(exchange)),
                        proxy(answer(200, "x")))
                .compare(ROUTES);

        assertThat(report.answers())
                .containsExactly(new DifferentAnswer(
                        "a.example.com", "/api/", List.of(new AnswerDifference("status", "401", "200"))));
    }

    @Test
    void aBodyThatDiffersIsListed() throws Exception {
        assertThat(differences(answer(200, "one"), answer(200, "other")))
                .extracting(AnswerDifference::what)
                .containsExactly("body");
    }

    @Test
    void theWayABodyIsSentMakesNoDifference() throws Exception {
        assertThat(differences(answer(200, "x".repeat(100_000)), chunked("x".repeat(100_000))))
                .isEmpty();
    }

    @Test
    void aBodyThatDiffersByItselfIsNotCompared() throws Exception {
        AtomicInteger count = new AtomicInteger();
        Answerer counting =
                exchange -> answer(200, "request " + count.incrementAndGet()).answer(exchange);

        assertThat(differences(counting, counting)).isEmpty();
    }

    @Test
    void aBodyOfMoreThanAMegabyteIsNotCompared() throws Exception {
        assertThat(differences(answer(200, "x".repeat(1 << 21)), answer(200, "y".repeat(1 << 21))))
                .isEmpty();
    }

    @Test
    void pagesForErrorsAreNotCompared() throws Exception {
        assertThat(differences(answer(404, "not found"), answer(404, "nothing here")))
                .isEmpty();
    }

    @Test
    void theOwnPortOfEachProxyMakesNoDifferenceInARedirect() throws Exception {
        assertThat(differences(
                        answer(301, "", "Location", "https://a.example.com/x"),
                        answer(301, "", "Location", "https://a.example.com:8443/x")))
                .isEmpty();
        assertThat(differences(
                        answer(301, "", "Location", "https://a.example.com/x"),
                        answer(301, "", "Location", "https://b.example.com/x")))
                .containsExactly(
                        new AnswerDifference("location", "https://a.example.com/x", "https://b.example.com/x"));
    }

    @Test
    void headersThatClientsDependOnAreCompared() throws Exception {
        assertThat(differences(
                        answer(200, "x", "Strict-Transport-Security", "max-age=1", "X-Served-By", "one"),
                        answer(200, "x", "WWW-Authenticate", "basic", "X-Served-By", "other")))
                .containsExactly(
                        new AnswerDifference("strict-transport-security", "max-age=1", ""),
                        new AnswerDifference("www-authenticate", "", "basic"));
    }

    @Test
    void headersOfPagesForErrorsAndRedirectsAreNotCompared() throws Exception {
        String[] page = {"Content-Type", "text/html", "Cache-Control", "no-cache"};

        assertThat(differences(answer(403, "no"), answer(403, "<p>no", page))).isEmpty();
        assertThat(differences(answer(301, "", "Location", "/x"), answer(301, "x", "Location", "/x", page[0], page[1])))
                .isEmpty();
        assertThat(differences(answer(200, "yes"), answer(200, "yes", page)))
                .extracting(AnswerDifference::what)
                .containsExactly("cache-control", "content-type");
    }

    @Test
    void ofAChallengeTheSchemeIsComparedAndNotTheRealm() throws Exception {
        assertThat(differences(
                        answer(401, "", "WWW-Authenticate", "Basic realm=\"a\""),
                        answer(401, "", "WWW-Authenticate", "basic realm=\"b c\", charset=\"UTF-8\"")))
                .isEmpty();
        assertThat(differences(
                        answer(401, "", "WWW-Authenticate", "Basic realm=\"a\""),
                        answer(401, "", "WWW-Authenticate", "Digest realm=\"a\"")))
                .containsExactly(new AnswerDifference("www-authenticate", "basic", "digest"));
        assertThat(differences(answer(401, "", "WWW-Authenticate", "Basic realm=\"a\""), answer(401, "")))
                .hasSize(1);
    }

    @Test
    void thatACookieMakesAnAnswerPrivateIsNoDifference() throws Exception {
        String[] cookie = {"Set-Cookie", "s=1"};

        assertThat(differences(
                        answer(200, "yes", cookie),
                        answer(200, "yes", cookie[0], cookie[1], "Cache-Control", "private")))
                .isEmpty();
        assertThat(differences(answer(200, "yes"), answer(200, "yes", "Cache-Control", "private")))
                .hasSize(1);
    }

    @Test
    void ofCookiesTheNamesAreCompared() throws Exception {
        assertThat(differences(
                        answer(200, "x", "Set-Cookie", "a=1; Path=/", "Set-Cookie", "b=2"),
                        answer(200, "x", "Set-Cookie", "b=3", "Set-Cookie", "a=4")))
                .isEmpty();
        assertThat(differences(answer(200, "x", "Set-Cookie", "a=1"), answer(200, "x")))
                .containsExactly(new AnswerDifference("set-cookie", "a", ""));
    }

    @Test
    void wildcardsAreAskedForOneOfTheirNamesAndPortsNot() {
        assertThat(ComparedRequest.of(List.of(
                        "*.example.com/x with [conditions]", "port 5432", "port 8443 for a.example.com", "~^a$/", "*")))
                .containsExactly(new ComparedRequest("www.example.com", "/x/"));
    }

    @Test
    void onePathAloneIsAskedForAsItIs() {
        assertThat(ComparedRequest.of(
                        List.of("a.example.com/x", "a.example.com/x alone", "a.example.com/y/ alone with [Header]")))
                .containsExactly(
                        new ComparedRequest("a.example.com", "/x/"),
                        new ComparedRequest("a.example.com", "/x"),
                        new ComparedRequest("a.example.com", "/y/"));
    }

    @Test
    void noRouteCanAddToARequest() {
        assertThat(ComparedRequest.of(List.of("a.example.com/x\r\nX: y", "a b.example.com", "a.example.com/ü")))
                .isEmpty();
    }

    @Test
    void aThousandRequestsAreEnough() {
        List<String> many = IntStream.range(0, 2_000)
                .mapToObj(i -> "a" + i + ".example.com")
                .toList();

        assertThat(ComparedRequest.of(many)).hasSize(1_000);
    }

    @Test
    void aProxyThatDoesNotAnswerIsNamed() throws Exception {
        String nobody = "http://127.0.0.1:" + PortAllocator.next();
        ProxyComparator comparator = new ProxyComparator(nobody, proxy(answer(200, "x")));

        assertThatIOException().isThrownBy(() -> comparator.compare(ROUTES)).withMessageContaining(nobody);
    }

    @Test
    void aNameWithoutAnAnswerIsListedAndTheOthersAreComparedNevertheless() throws Exception {
        Answerer silent = exchange -> {
            if (!exchange.getRequestHeaders().getFirst("Host").startsWith("b.")) {
                answer(200, "x").answer(exchange);
            }
        };
        ComparisonReport report = new ProxyComparator(proxy(silent), proxy(answer(404, "x")))
                .compare(List.of("a.example.com", "b.example.com", "c_d.example.com"));

        assertThat(report.answers())
                .containsExactly(
                        new DifferentAnswer(
                                "a.example.com", "/", List.of(new AnswerDifference("status", "200", "404"))),
                        new DifferentAnswer(
                                "b.example.com",
                                "/",
                                List.of(new AnswerDifference(
                                        "answer", "none (the connection was closed)", "status 404"))),
                        new DifferentAnswer(
                                "c_d.example.com", "/", List.of(new AnswerDifference("status", "200", "404"))));
    }

    @Test
    void aRequestThatNeitherAnswersIsNotTheSame() throws Exception {
        Answerer silent = exchange -> {};

        assertThat(differences(silent, silent))
                .containsExactly(new AnswerDifference(
                        "answer", "none (the connection was closed)", "none (the connection was closed)"));
    }

    @Test
    void aServerThatAnswersNothingAtAllIsNoProxy() throws Exception {
        ServerSocket port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread server = Thread.ofVirtual().start(() -> {
            try (port) {
                while (true) {
                    port.accept().close();
                }
            } catch (IOException e) {
                // The test has ended.
            }
        });
        String nobody = "https://127.0.0.1:" + port.getLocalPort();
        ProxyComparator comparator = new ProxyComparator(proxy(answer(200, "x")), nobody);
        try {
            assertThatIOException()
                    .isThrownBy(() -> comparator.compare(List.of("a.example.com", "b.example.com", "c.example.com")))
                    .withMessageContaining(nobody + " does not answer");
        } finally {
            port.close();
            server.join();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:80",
                "127.0.0.1",
                "localhost:8080",
                "ftp://127.0.0.1",
                "http://",
                "http:///x",
                "a b",
                "http://127.0.0.1:80000",
                "http://127.0.0.1/app",
                "http://me:secret@127.0.0.1",
                "http://127.0.0.1?x"
            })
    void anAddressThatIsNoneIsRefusedWithTheOneThatIsExpected(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxyComparator(address, "http://127.0.0.1"))
                .withMessageContaining("\"" + address + "\"")
                .withMessageContaining("expected http://HOST:PORT or https://HOST:PORT");
    }
}
