package io.interlock.app.acme;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.interlock.app.acme.connection.AcmeAuthorityProvider;
import io.interlock.app.acme.connection.AuthorityClock;
import io.interlock.testsupport.network.OriginServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shredzone.acme4j.Session;

/** Tests authorities that answer what no authority should. */
@Tag("unit")
class AuthorityConnectionTest {

    private static final String DIRECTORY =
            "{\"newNonce\":\"http://a/n\",\"newAccount\":\"http://a/a\",\"newOrder\":\"http://a/o\",\"x\":\"%s\"}";
    private static final int MAX = 1 << 20;
    private static final Duration LONG = Duration.ofMinutes(1);

    private volatile CountDownLatch end = new CountDownLatch(1);

    @Test
    void anAnswerUpToTheLimitIsRead() throws Exception {
        String whole = DIRECTORY.formatted("y".repeat(MAX - DIRECTORY.length() + 2));
        assertThat(whole).hasSize(MAX);

        ask(exchange -> respond(exchange, "application/json", whole), LONG);
        fails(exchange -> respond(exchange, "application/json", whole + " "), LONG, "more than 1048576 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 429, 500, 503})
    void anEndlessAnswerIsReadToTheLimitOnly(int status) throws Exception {
        fails(
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
                    exchange.sendResponseHeaders(status, 0);
                    try (OutputStream out = exchange.getResponseBody()) {
                        while (true) {
                            out.write("[".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
                        }
                    }
                },
                LONG,
                "more than 1048576 bytes");
    }

    @Test
    void anAnswerWithoutAnEndIsGivenUp() throws Exception {
        // The limit is also that of the first part of the answer, which may take longer on a busy machine.
        await().untilAsserted(() -> fails(
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    awaitEnd();
                },
                Duration.ofMillis(500),
                "no whole answer within"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aCompressedAnswerIsNotRead() throws Exception {
        fails(
                exchange -> {
                    assertThat(exchange.getRequestHeaders()).doesNotContainKey("Accept-encoding");
                    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                    respond(exchange, "application/json", DIRECTORY);
                },
                LONG,
                "a compressed answer, which was not requested");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":["})
    void deepNestingIsAnError(String part) throws Exception {
        fails(exchange -> respond(exchange, "application/json", part.repeat(MAX / part.length())), LONG, "");
    }

    private void fails(HttpHandler authority, Duration limit, String message) throws IOException {
        assertThatThrownBy(() -> ask(authority, limit))
                .isInstanceOf(Exception.class)
                .satisfies(e -> assertThat(AcmeErrorMapper.failure("asked", (Exception) e))
                        .hasMessageContaining(message));
    }

    private void ask(HttpHandler authority, Duration limit) throws Exception {
        end = new CountDownLatch(1);
        try (OriginServer server = OriginServer.answering(authority)) {
            Session session = new Session(
                    URI.create("http://127.0.0.1:" + server.port() + "/directory"),
                    new AcmeAuthorityProvider(Optional.empty(), new AuthorityClock(System::nanoTime)));
            session.networkSettings().setTimeout(limit);
            session.networkSettings().setCompressionEnabled(false);
            assertThat(session.getMetadata()).isNotNull();
        } finally {
            end.countDown();
        }
    }

    private void awaitEnd() throws IOException {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void respond(HttpExchange exchange, String type, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        OriginServer.respond(exchange, 200, body);
    }
}
