package io.interlock.app.readiness;

import static io.interlock.app.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.readiness.ProbeTarget.Condition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ReadinessProberTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final AtomicInteger told = new AtomicInteger();
    private final Socket quiet = new Socket();
    private ReadinessProber prober = prober(Duration.ofMinutes(1));

    private ReadinessProber prober(Duration limit) {
        ReadinessProber made = new ReadinessProber(limit);
        made.onChange(told::incrementAndGet);
        return made;
    }

    private static ProbeTarget answering(int port) {
        return target(port, Condition.ANSWERS);
    }

    private static ProbeTarget target(int port, Condition condition) {
        return new ProbeTarget(
                new ContainerRun(new ContainerKey("local", "abc"), Instant.EPOCH),
                "web",
                "www.example.com",
                LOOPBACK,
                port,
                condition);
    }

    @AfterEach
    void close() throws IOException {
        prober.close();
        quiet.close();
    }

    @Test
    void aContainerThatAnswersWithAnyStatusIsWarm() throws IOException {
        List<String> hosts = new CopyOnWriteArrayList<>();
        HttpServer server = server(0, hosts);
        try {
            ProbeTarget target = answering(server.getAddress().getPort());
            prober.probe(List.of(target), run -> true);
            await().until(() -> prober.isReady(target));
            await().untilAsserted(() -> assertThat(told).hasValue(1));
            assertThat(hosts).containsExactly("www.example.com");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aContainerThatListensLateIsWarmOnceItAnswers() throws IOException {
        int port = quietPort();
        ProbeTarget target = answering(port);
        prober.probe(List.of(target), run -> true);
        assertThat(prober.isReady(target)).isFalse();
        HttpServer server = server(port, new CopyOnWriteArrayList<>());
        try {
            await().until(() -> prober.isReady(target));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aContainerThatNeverAnswersIsServedAfterTheLimit() throws IOException {
        prober = prober(Duration.ofMillis(100));
        ProbeTarget target = answering(quietPort());
        prober.probe(List.of(target), run -> true);
        await().until(() -> prober.isReady(target));
    }

    @Test
    void aContainerThatIsGoneIsForgotten() throws IOException {
        HttpServer server = server(0, new CopyOnWriteArrayList<>());
        try {
            ProbeTarget target = answering(server.getAddress().getPort());
            prober.probe(List.of(target), run -> true);
            await().until(() -> prober.isReady(target));
            prober.probe(List.of(), run -> false);
            assertThat(prober.isReady(target)).isFalse();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aContainerThatNeedOnlyListenIsServedOnceItDoesHoweverLate() throws IOException {
        prober = prober(Duration.ofMillis(1));
        int port = quietPort();
        ProbeTarget target = target(port, Condition.LISTENS);
        prober.probe(List.of(target), run -> true);
        assertThat(prober.isReady(target)).isFalse();
        try (ServerSocket listening = new ServerSocket(port, 1, LOOPBACK)) {
            await().until(() -> prober.isReady(target));
            assertThat(listening.isBound()).isTrue();
        }
    }

    private static HttpServer server(int port, List<String> hosts) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, port), 0);
        server.createContext("/", exchange -> {
            hosts.add(exchange.getRequestHeaders().getFirst("Host"));
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** A port that nobody else is given while this test runs, and where nothing answers until a server is told it. */
    private int quietPort() throws IOException {
        quiet.setReuseAddress(true);
        quiet.bind(new InetSocketAddress(LOOPBACK, 0));
        return quiet.getLocalPort();
    }
}
