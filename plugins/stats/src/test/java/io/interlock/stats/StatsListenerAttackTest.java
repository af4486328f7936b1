package io.interlock.stats;

import static io.interlock.testkit.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.stats.fixture.StatsListenerProgram;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks the listener in a JVM with a heap of 96 MB and figures of 10,000 containers, before any password. */
@Tag("unit")
class StatsListenerAttackTest {

    private static final int CONTAINERS = 10_000;
    private static final int LEAST_METRICS = 50_000_000;
    private static final int MOST_TRIES = 5;
    private static final String HEAD = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n";

    @TempDir
    Path folder;

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private int port;
    private Process listener;

    @BeforeEach
    void start() throws Exception {
        port = PortAllocator.next();
        listener = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StatsListenerProgram.class.getName(),
                        Integer.toString(port),
                        Integer.toString(CONTAINERS),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        await("the listener").ignoreExceptions().until(() -> health() == 200);
    }

    @AfterEach
    void stop() throws Exception {
        clients.shutdownNow();
        closeSockets();
        listener.destroyForcibly();
        assertThat(listener.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void headsWithoutAnEndAreCutAndHealthAnswers() throws Exception {
        byte[] line = ("X: " + "a".repeat(10_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 900; i++) {
            clients.execute(() -> sendLargeHead(line));
        }
        assertHealthAnswers();
        assertMetricsAreComplete();
    }

    @Test
    void thousandsOfHalfRequestsDoNotKeepHealthFromAnswering() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            connect(1 << 12).getOutputStream().write("GET /healthz HT".getBytes(StandardCharsets.US_ASCII));
            if (i % 100 == 0) {
                assertThat(health()).isEqualTo(200);
            }
        }
        assertHealthAnswers();
        assertMetricsAreComplete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/api/v1/overview", "/api/v1/stream", "/api/v1/servers"})
    void slowReadersHoldLittleMemoryAndHealthAnswers(String path) throws Exception {
        for (int i = 0; i < 200; i++) {
            connect(1 << 12)
                    .getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }
        assertHealthAnswers();
        assertMetricsAreComplete();
    }

    private void sendLargeHead(byte[] line) {
        try {
            OutputStream out = connect(1 << 16).getOutputStream();
            out.write(HEAD.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 25; i++) {
                out.write(line);
            }
        } catch (IOException e) {
            // The listener has ended the connection.
        }
    }

    private Socket connect(int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(receiveBuffer);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    /** Hundreds of connections at the same moment may cut one that has sent nothing yet; health checks try again. */
    private int health() throws IOException {
        for (int tries = 1; tries < MOST_TRIES; tries++) {
            try {
                return HttpConnection.get(port, "localhost", "/healthz").status();
            } catch (IOException e) {
                // The next try follows.
            }
        }
        return HttpConnection.get(port, "localhost", "/healthz").status();
    }

    private void assertHealthAnswers() throws IOException {
        int[] statuses = new int[50];
        for (int i = 0; i < statuses.length; i++) {
            statuses[i] = health();
        }
        assertThat(Arrays.stream(statuses)).containsOnly(200);
        assertThat(listener.isAlive()).as(output()).isTrue();
    }

    /** Whoever asks after the attack gets everything. */
    private void assertMetricsAreComplete() throws IOException {
        closeSockets();
        await("an answer")
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(metrics()).isGreaterThan(LEAST_METRICS));
        assertThat(listener.isAlive()).as(output()).isTrue();
    }

    private long metrics() throws IOException {
        try (InputStream in =
                URI.create("http://localhost:" + port + "/metrics").toURL().openStream()) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void closeSockets() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("out"));
    }
}
