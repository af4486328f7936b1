package io.interlock.app.warm;

import static io.interlock.app.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.topology.WarmUp;
import io.interlock.app.topology.WarmUp.Until;
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
class WarmUpsTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final AtomicInteger told = new AtomicInteger();
    private final Socket quiet = new Socket();
    private WarmUps warmUps = new WarmUps(Duration.ofMinutes(1), told::incrementAndGet);

    private static WarmUp warmUp(int port) {
        return contact(port, Until.ANSWERING);
    }

    private static WarmUp contact(int port, Until until) {
        return new WarmUp(
                new WarmUp.Run(new ContainerKey("local", "abc"), Instant.EPOCH),
                "web",
                "www.example.com",
                LOOPBACK,
                port,
                until);
    }

    @AfterEach
    void close() throws IOException {
        warmUps.close();
        quiet.close();
    }

    @Test
    void aContainerThatAnswersWithAnyStatusIsWarm() throws IOException {
        List<String> hosts = new CopyOnWriteArrayList<>();
        HttpServer server = server(0, hosts);
        try {
            WarmUp warmUp = warmUp(server.getAddress().getPort());
            warmUps.await(List.of(warmUp), run -> true);
            await().until(() -> warmUps.isAdmitted(warmUp));
            await().untilAsserted(() -> assertThat(told).hasValue(1));
            assertThat(hosts).containsExactly("www.example.com");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aContainerThatListensLateIsWarmOnceItAnswers() throws IOException {
        int port = quietPort();
        WarmUp warmUp = warmUp(port);
        warmUps.await(List.of(warmUp), run -> true);
        assertThat(warmUps.isAdmitted(warmUp)).isFalse();
        HttpServer server = server(port, new CopyOnWriteArrayList<>());
        try {
            await().until(() -> warmUps.isAdmitted(warmUp));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aContainerThatNeverAnswersIsServedAfterTheLimit() throws IOException {
        warmUps = new WarmUps(Duration.ofMillis(100), told::incrementAndGet);
        WarmUp warmUp = warmUp(quietPort());
        warmUps.await(List.of(warmUp), run -> true);
        await().until(() -> warmUps.isAdmitted(warmUp));
    }

    @Test
    void aContainerThatIsGoneIsForgotten() throws IOException {
        HttpServer server = server(0, new CopyOnWriteArrayList<>());
        try {
            WarmUp warmUp = warmUp(server.getAddress().getPort());
            warmUps.await(List.of(warmUp), run -> true);
            await().until(() -> warmUps.isAdmitted(warmUp));
            warmUps.await(List.of(), run -> false);
            assertThat(warmUps.isAdmitted(warmUp)).isFalse();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aContainerThatNeedOnlyListenIsServedOnceItDoesHoweverLate() throws IOException {
        warmUps = new WarmUps(Duration.ofMillis(1), told::incrementAndGet);
        int port = quietPort();
        WarmUp contact = contact(port, Until.LISTENING);
        warmUps.await(List.of(contact), run -> true);
        assertThat(warmUps.isAdmitted(contact)).isFalse();
        try (ServerSocket listening = new ServerSocket(port, 1, LOOPBACK)) {
            await().until(() -> warmUps.isAdmitted(contact));
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
