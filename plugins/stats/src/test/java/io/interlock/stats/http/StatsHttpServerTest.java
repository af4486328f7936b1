package io.interlock.stats.http;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.stats.http.StatsHttpServer.Limits;
import io.interlock.testsupport.network.HttpConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class StatsHttpServerTest {

    private static final String LOCALHOST = "localhost";
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(300);
    /** More than the buffers of a connection. */
    private static final byte[] LARGE = "0123456789abcdef".repeat(4 << 16).getBytes(StandardCharsets.US_ASCII);

    private final CountDownLatch failed = new CountDownLatch(1);
    private final Semaphore released = new Semaphore(0);
    private @Nullable StatsHttpServer server;

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aHeadThatDoesNotArriveInTimeEndsItsConnection() throws Exception {
        int port = start(new Limits(10, 0, SHORT, LONG, LONG));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("GET /he".getBytes(StandardCharsets.US_ASCII));
            assertThat(ends(socket)).isTrue();
        }
    }

    @Test
    void anIdleConnectionEnds() throws Exception {
        int port = start(new Limits(10, 0, LONG, SHORT, LONG));
        try (HttpConnection http = HttpConnection.connect(port)) {
            assertThat(http.get(LOCALHOST, "/healthz").status()).isEqualTo(200);
            await().until(http::isClosedByServer);
        }
    }

    @Test
    void anAnswerThatIsNotReadInTimeEnds() throws Exception {
        int port = start(new Limits(10, 0, LONG, LONG, SHORT));
        try (Socket slow = slowReader(port)) {
            failed.await();
            assertThat(slow.isConnected()).isTrue();
        }
    }

    @Test
    void aHalfRequestGivesItsPlaceToTheNext() throws Exception {
        int port = start(new Limits(1, 0, LONG, LONG, LONG));
        try (Socket half = new Socket(InetAddress.getLoopbackAddress(), port)) {
            half.getOutputStream().write("GET /he".getBytes(StandardCharsets.US_ASCII));
            awaitStatus(port, "/hello", 200);
            assertThat(ends(half)).isTrue();
        }
    }

    /** A connection that has not sent its request yet may have to give its place away. */
    private static void awaitStatus(int port, String path, int status) {
        await().ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> assertThat(
                                HttpConnection.get(port, LOCALHOST, path).status())
                        .isEqualTo(status));
    }

    private static Socket slowReader(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1 << 12);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void beyondTheLimitOnlyHealthIsAnswered() throws Exception {
        int port = start(new Limits(1, 0, LONG, LONG, LONG));
        try (Socket slow = slowReader(port)) {
            awaitStatus(port, "/hello", 503);
            awaitStatus(port, "/healthz", 200);
            assertThat(slow.isConnected()).isTrue();
        }
        awaitStatus(port, "/hello", 200);
    }

    @Test
    void theUsualTimesAreThoseOfTheDocument() {
        assertThat(Limits.of(10, 0))
                .isEqualTo(new Limits(10, 0, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60)));
    }

    @Test
    void beyond64AnswersInProgressThereIs503() throws Exception {
        int port = start(Limits.of(1_000, 0));
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            waiting.add(socket);
            socket.getOutputStream()
                    .write("GET /waiting HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        await().until(() -> released.getQueueLength() == 64);

        assertThat(HttpConnection.get(port, LOCALHOST, "/hello").status()).isEqualTo(503);
        assertThat(HttpConnection.get(port, LOCALHOST, "/healthz").status()).isEqualTo(200);
        released.release(64);
        await().untilAsserted(() -> assertThat(
                        HttpConnection.get(port, LOCALHOST, "/hello").status())
                .isEqualTo(200));
        for (Socket socket : waiting) {
            socket.close();
        }
    }

    @Test
    void aConnectionServesSeveralRequests() throws Exception {
        int port = start(Limits.of(10, 0));
        try (HttpConnection http = HttpConnection.connect(port)) {
            assertThat(http.get(LOCALHOST, "/hello").body().strip()).isEqualTo("hello");
            assertThat(http.get(LOCALHOST, "/nothing").status()).isEqualTo(404);
            assertThat(http.get(LOCALHOST, "/stream").body()).isEqualTo("one two");
            assertThat(http.isReusable()).isTrue();
        }
    }

    @Test
    void anAnswerThatFailsHalfwayIsNotTakenForComplete() throws Exception {
        int port = start(Limits.of(10, 0));
        assertThatThrownBy(() -> HttpConnection.get(port, LOCALHOST, "/half")).isInstanceOf(IOException.class);
        assertThat(HttpConnection.get(port, LOCALHOST, "/broken").status()).isEqualTo(500);
    }

    @Test
    void aLargeAnswerIsCompressedForThoseWhoAsk() throws Exception {
        int port = start(Limits.of(10, 0));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /large HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            String text = new String(answer, StandardCharsets.ISO_8859_1);
            int body = text.indexOf("\r\n\r\n") + 4;
            assertThat(text.substring(0, body)).contains("Content-Encoding: gzip", "Vary: Accept-Encoding");
            assertThat(answer.length).isLessThan(LARGE.length / 10);
            try (GZIPInputStream in =
                    new GZIPInputStream(new ByteArrayInputStream(answer, body, answer.length - body))) {
                assertThat(in.readAllBytes()).isEqualTo(LARGE);
            }
        }
    }

    @Test
    void aHeadRequestGetsNoBody() throws Exception {
        int port = start(Limits.of(10, 0));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("HEAD /stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\n");
        }
    }

    private int start(Limits limits) throws IOException {
        StatsHttpServer started = new StatsHttpServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                AccessControl.open(false),
                limits);
        server = started;
        started.onForEverybody("/healthz", request -> StatsHttpResponse.text(200, "ok"));
        started.on("/hello", request -> StatsHttpResponse.text(200, "hello"));
        started.on("/waiting", request -> {
            released.acquire();
            return StatsHttpResponse.text(200, "waited");
        });
        started.on("/broken", request -> {
            throw new IllegalStateException("broken on purpose");
        });
        started.stream(
                "/stream",
                request -> request.stream("text/plain", out -> {
                    out.write("one ".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    out.write("two".getBytes(StandardCharsets.US_ASCII));
                }));
        started.stream(
                "/half",
                request -> request.stream("text/plain", out -> {
                    out.write("half".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    throw new IllegalStateException("broken on purpose");
                }));
        started.stream("/large", request -> {
            try {
                request.send(new StatsHttpResponse(200, "text/plain", LARGE));
            } catch (IOException e) {
                failed.countDown();
                throw e;
            }
        });
        started.start();
        return started.address().getPort();
    }

    /** Whether the server ends the connection; a reset is an end too. */
    private static boolean ends(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
