package io.interlock.stats.webhook;

import static io.interlock.stats.webhook.WebhookStatuses.problem;
import static io.interlock.stats.webhook.WebhookStatuses.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import io.interlock.api.SecretText;
import io.interlock.api.status.Problem;
import io.interlock.api.status.Problem.Severity;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.SocketServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests web hooks with a real receiver. */
@Timeout(120)
@Tag("unit")
class WebhookDispatcherTest {

    private static final SecretText SECRET = SecretText.of("a secret of some length");
    private static final WebhookSender.Timing USUAL =
            new WebhookSender.Timing(Duration.ofMillis(50), Duration.ofSeconds(10));

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final Queue<Integer> answers = new ArrayDeque<>();
    private AutoCloseable receiver = () -> {};
    private WebhookDispatcher dispatcher = new WebhookDispatcher(List.of(), Clock.systemUTC());

    private record Received(String path, String signature, String delivery, String body, JsonNode json) {}

    @AfterEach
    void close() throws Exception {
        dispatcher.close();
        receiver.close();
    }

    @Test
    void aNoticeIsSignedAndSaysWhatTheProblemIs() throws Exception {
        start(Optional.of(SECRET));

        dispatcher.accept(with(problem(Severity.ERROR, "web-1", "no port")));

        Received notice = next();
        assertThat(notice.path()).isEqualTo("/hook?room=1");
        assertThat(notice.json().path("version").asText()).isEqualTo("2.0.0");
        assertThat(notice.json().path("dropped").asInt()).isZero();
        JsonNode first = notice.json().path("notices").path(0);
        assertThat(first.path("event").asText()).isEqualTo("problem_began");
        assertThat(first.path("problem").path("subject").asText()).isEqualTo("web-1");
        assertThat(first.path("problem").path("severity").asText()).isEqualTo("error");
        String[] signature = notice.signature().split("[=,]");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((signature[1] + ".").getBytes(StandardCharsets.US_ASCII));
        assertThat(signature[3])
                .isEqualTo(HexFormat.of().formatHex(mac.doFinal(notice.body().getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void withoutASecretNothingIsSigned() throws Exception {
        start(Optional.empty());

        dispatcher.accept(with(problem(Severity.ERROR, "web-1", "no port")));

        assertThat(next().signature()).isEmpty();
    }

    @Test
    void aReceiverInTroubleIsAskedAgainWithTheSameDelivery() throws Exception {
        answers.addAll(List.of(503, 429, 408, 200));
        start(Optional.empty());

        dispatcher.accept(with(problem(Severity.ERROR, "web-1", "no port")));
        String delivery = next().delivery();
        for (int i = 0; i < 3; i++) {
            assertThat(next().delivery()).isEqualTo(delivery);
        }
        dispatcher.accept(with());

        assertThat(next().json().path("notices").path(0).path("event").asText()).isEqualTo("problem_ended");
        await().untilAsserted(() -> assertThat(counts()).isEqualTo(new WebhookCounts(counts().target(), 2, 3, 0, 0)));
    }

    @Test
    void aRefusedNoticeIsDroppedAndTheNextDeliverySaysSo() throws Exception {
        answers.addAll(List.of(400, 302, 200));
        start(Optional.empty());

        dispatcher.accept(with(problem(Severity.ERROR, "a", "no port")));
        next();
        dispatcher.accept(with());
        next();
        await().untilAsserted(() -> assertThat(counts().dropped()).isEqualTo(2));
        dispatcher.accept(with(problem(Severity.ERROR, "b", "no port")));

        assertThat(next().json().path("dropped").asInt()).isEqualTo(2);
    }

    @Test
    void aReceiverThatComesLaterGetsWhatWaitedAndTheNumberOfWhatWasLost() throws Exception {
        int port = PortAllocator.next();
        dispatcher = dispatcher(port, Optional.empty());
        dispatcher.accept(with(problem(Severity.ERROR, "first", "no port")));
        await().untilAsserted(() -> assertThat(counts().failed()).isPositive());
        dispatcher.accept(with(IntStream.range(0, NoticeQueue.CAPACITY + 9)
                .mapToObj(i -> problem(Severity.ERROR, "web-" + i, "no port"))
                .toArray(Problem[]::new)));
        await().untilAsserted(() -> assertThat(counts().dropped()).isEqualTo(10));

        receiver = OriginServer.answering(port, this::take);

        assertThat(next().json()
                        .path("notices")
                        .path(0)
                        .path("problem")
                        .path("subject")
                        .asText())
                .isEqualTo("first");
        Received second = next();
        assertThat(second.json().path("dropped").asInt()).isEqualTo(10);
        assertThat(second.json().path("notices")).hasSize(100);
        await().untilAsserted(() -> assertThat(counts().delivered()).isEqualTo(NoticeQueue.CAPACITY + 1));
        assertThat(counts().waiting()).isZero();
    }

    @Test
    void anEndlessAnswerHoldsNothingBack() throws Exception {
        SocketServer endless = new SocketServer(connection -> {
            connection.getInputStream().read(new byte[4_096]);
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                connection.getOutputStream().write(new byte[1_024]);
            }
        });
        receiver = endless;
        dispatcher = dispatcher(endless.port(), Optional.empty());

        dispatcher.accept(with(problem(Severity.ERROR, "a", "no port")));
        await().untilAsserted(() -> assertThat(counts().delivered()).isEqualTo(1));
        dispatcher.accept(with());

        await().untilAsserted(() -> assertThat(counts().delivered()).isEqualTo(2));
    }

    @Test
    void aReceiverThatDoesNotAnswerInTimeIsAskedAgain() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        SocketServer silent = new SocketServer(connection -> {
            connections.incrementAndGet();
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
        receiver = silent;
        dispatcher = new WebhookDispatcher(
                List.of(new WebhookDispatcher.Target(
                        URI.create("http://127.0.0.1:" + silent.port()), Optional.empty())),
                new WebhookSender.Timing(Duration.ofMillis(50), Duration.ofMillis(200)),
                Clock.systemUTC());

        dispatcher.accept(with(problem(Severity.ERROR, "a", "no port")));

        await().untilAsserted(() -> assertThat(connections).hasValueGreaterThan(1));
        assertThat(counts().failed()).isPositive();
    }

    private void start(Optional<SecretText> secret) throws IOException {
        OriginServer server = OriginServer.answering(this::take);
        receiver = server;
        dispatcher = dispatcher(server.port(), secret);
    }

    private static WebhookDispatcher dispatcher(int port, Optional<SecretText> secret) {
        return new WebhookDispatcher(
                List.of(new WebhookDispatcher.Target(URI.create("http://127.0.0.1:" + port + "/hook?room=1"), secret)),
                USUAL,
                Clock.systemUTC());
    }

    private synchronized void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(
                exchange.getRequestURI().toString(),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Interlock-Signature"))
                        .orElse(""),
                exchange.getRequestHeaders().getFirst("X-Interlock-Delivery"),
                body,
                JsonMapper.builder().build().readTree(body)));
        OriginServer.respond(exchange, answers.isEmpty() ? 200 : answers.remove(), "");
    }

    private Received next() throws InterruptedException {
        return Optional.ofNullable(received.poll(1, TimeUnit.MINUTES))
                .orElseThrow(() -> new AssertionError("nothing was sent"));
    }

    private WebhookCounts counts() {
        return dispatcher.counts().getFirst();
    }
}
