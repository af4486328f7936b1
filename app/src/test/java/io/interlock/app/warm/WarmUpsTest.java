package io.interlock.app.warm;

import static io.interlock.app.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.topology.WarmUp;
import io.interlock.app.topology.WarmUp.Until;
import io.interlock.testsupport.network.FreePorts;
import io.interlock.testsupport.network.OriginServer;
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
class WarmUpsTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final AtomicInteger told = new AtomicInteger();
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
    void close() {
        warmUps.close();
    }

    @Test
    void aContainerThatAnswersWithAnyStatusIsWarm() throws IOException {
        try (OriginServer server = server(0)) {
            WarmUp warmUp = warmUp(server.port());
            warmUps.await(List.of(warmUp), run -> true);
            await().until(() -> warmUps.isAdmitted(warmUp));
            await().untilAsserted(() -> assertThat(told).hasValue(1));
            assertThat(server.requests()).containsExactly("GET / for www.example.com");
        }
    }

    @Test
    void aContainerThatListensLateIsWarmOnceItAnswers() throws IOException {
        int port = FreePorts.next();
        WarmUp warmUp = warmUp(port);
        warmUps.await(List.of(warmUp), run -> true);
        assertThat(warmUps.isAdmitted(warmUp)).isFalse();
        try (OriginServer server = server(port)) {
            assertThat(server.port()).isEqualTo(port);
            await().until(() -> warmUps.isAdmitted(warmUp));
        }
    }

    @Test
    void aContainerThatNeverAnswersIsServedAfterTheLimit() throws IOException {
        warmUps = new WarmUps(Duration.ofMillis(100), told::incrementAndGet);
        WarmUp warmUp = warmUp(FreePorts.next());
        warmUps.await(List.of(warmUp), run -> true);
        await().until(() -> warmUps.isAdmitted(warmUp));
    }

    @Test
    void aContainerThatIsGoneIsForgotten() throws IOException {
        try (OriginServer server = server(0)) {
            WarmUp warmUp = warmUp(server.port());
            warmUps.await(List.of(warmUp), run -> true);
            await().until(() -> warmUps.isAdmitted(warmUp));
            warmUps.await(List.of(), run -> false);
            assertThat(warmUps.isAdmitted(warmUp)).isFalse();
        }
    }

    @Test
    void aContainerThatNeedOnlyListenIsServedOnceItDoesHoweverLate() throws IOException {
        warmUps = new WarmUps(Duration.ofMillis(1), told::incrementAndGet);
        int port = FreePorts.next();
        WarmUp contact = contact(port, Until.LISTENING);
        warmUps.await(List.of(contact), run -> true);
        assertThat(warmUps.isAdmitted(contact)).isFalse();
        try (ServerSocket listening = new ServerSocket(port, 1, LOOPBACK)) {
            await().until(() -> warmUps.isAdmitted(contact));
            assertThat(listening.isBound()).isTrue();
        }
    }

    private static OriginServer server(int port) throws IOException {
        return OriginServer.answering(port, exchange -> OriginServer.respond(exchange, 500, ""));
    }
}
