package io.interlock.app.readiness;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.readiness.ProbeTarget.Condition;
import io.interlock.app.topology.network.ServerEndpoint;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ReadinessProberTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final AtomicInteger told = new AtomicInteger();
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
                List.of(new ServerEndpoint(LOOPBACK, port, "", "")),
                condition);
    }

    @AfterEach
    void close() {
        prober.close();
    }

    @Test
    void aContainerThatAnswersWithAnyStatusIsWarm() throws IOException {
        try (OriginServer server = server(0)) {
            ProbeTarget target = answering(server.port());
            prober.probe(List.of(target), run -> true);
            await().until(() -> prober.ready(target).isPresent());
            await().untilAsserted(() -> assertThat(told).hasValue(1));
            assertThat(server.requests()).containsExactly("GET / for www.example.com");
        }
    }

    @Test
    void aContainerThatListensLateIsWarmOnceItAnswers() throws IOException {
        int port = PortAllocator.next();
        ProbeTarget target = answering(port);
        prober.probe(List.of(target), run -> true);
        assertThat(prober.ready(target)).isEmpty();
        try (OriginServer server = server(port)) {
            assertThat(server.port()).isEqualTo(port);
            await().until(() -> prober.ready(target).isPresent());
        }
    }

    @Test
    void aContainerThatNeverAnswersIsServedAfterTheLimit() throws IOException {
        prober = prober(Duration.ofMillis(100));
        ProbeTarget target = answering(PortAllocator.next());
        prober.probe(List.of(target), run -> true);
        await().until(() -> prober.ready(target).isPresent());
    }

    @Test
    void aContainerThatIsGoneIsForgotten() throws IOException {
        try (OriginServer server = server(0)) {
            ProbeTarget target = answering(server.port());
            prober.probe(List.of(target), run -> true);
            await().until(() -> prober.ready(target).isPresent());
            prober.probe(List.of(), run -> false);
            assertThat(prober.ready(target)).isEmpty();
        }
    }

    @Test
    void aContainerThatNeedOnlyListenIsServedOnceItDoesHoweverLate() throws IOException {
        prober = prober(Duration.ofMillis(1));
        int port = PortAllocator.next();
        ProbeTarget target = target(port, Condition.LISTENS);
        prober.probe(List.of(target), run -> true);
        assertThat(prober.ready(target)).isEmpty();
        try (ServerSocket listening = new ServerSocket(port, 1, LOOPBACK)) {
            await().until(() -> prober.ready(target).isPresent());
            assertThat(listening.isBound()).isTrue();
        }
    }

    @Test
    void ofSeveralEndpointsTheBestThatAcceptsAConnectionIsReady() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 50, LOOPBACK);
                ServerSocket other = new ServerSocket(0, 50, LOOPBACK)) {
            ServerEndpoint closed = endpoint(PortAllocator.next());
            ProbeTarget several = target(List.of(closed, endpoint(one.getLocalPort()), endpoint(other.getLocalPort())));
            prober.probe(List.of(several), run -> true);

            await().until(() -> prober.ready(several).isPresent());
            assertThat(prober.ready(several)).contains(endpoint(one.getLocalPort()));
        }
    }

    @Test
    void theEndpointThatWorksIsKeptWhenOthersJoin() throws IOException {
        try (ServerSocket first = new ServerSocket(0, 50, LOOPBACK);
                ServerSocket joined = new ServerSocket(0, 50, LOOPBACK)) {
            ProbeTarget before = target(List.of(endpoint(first.getLocalPort())));
            prober.probe(List.of(before), run -> true);
            await().until(() -> prober.ready(before).isPresent());

            ProbeTarget after = target(List.of(endpoint(joined.getLocalPort()), endpoint(first.getLocalPort())));
            assertThat(prober.ready(after)).contains(endpoint(first.getLocalPort()));
        }
    }

    private static ServerEndpoint endpoint(int port) {
        return new ServerEndpoint(LOOPBACK, port, "n", "");
    }

    private static ProbeTarget target(List<ServerEndpoint> endpoints) {
        return new ProbeTarget(
                new ContainerRun(new ContainerKey("local", "abc"), Instant.EPOCH),
                "web",
                "www.example.com",
                endpoints,
                Condition.LISTENS);
    }

    private static OriginServer server(int port) throws IOException {
        return OriginServer.answering(port, exchange -> OriginServer.respond(exchange, 500, ""));
    }
}
