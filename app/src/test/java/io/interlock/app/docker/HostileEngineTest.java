package io.interlock.app.docker;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.interlock.app.docker.ScriptedEngine.Container;
import io.interlock.app.docker.ScriptedEngine.Reply;
import io.interlock.app.docker.client.EngineClient;
import io.interlock.app.docker.client.EngineHttpClient;
import io.interlock.app.docker.client.EngineHttpClient.Timeouts;
import io.interlock.app.docker.client.HostAddressVerifier;
import io.interlock.app.docker.client.HttpEngineClient;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.FactSelection;
import io.interlock.app.inventory.Inventory;
import io.interlock.testsupport.network.UnresponsivePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests engines that answer what no engine should. */
@Tag("unit")
class HostileEngineTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);

    private ScriptedEngine engine;

    @BeforeEach
    void start() throws IOException {
        engine = new ScriptedEngine();
        engine.run(1, Container.named("shop.example.com"));
    }

    @AfterEach
    void stop() throws IOException {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_ping", "/containers/json", "/info", "/networks", "/events"})
    void aRedirectIsNotFollowed(String asked) throws IOException {
        try (ScriptedEngine elsewhere = new ScriptedEngine()) {
            for (int status : List.of(301, 302, 303, 307, 308)) {
                engine.follow((path, out) -> {
                    if (!path.equals(asked)) {
                        return Reply.USUAL;
                    }
                    ScriptedEngine.text(
                            out,
                            "HTTP/1.1 " + status + " Found\r\nLocation: http://127.0.0.1:" + elsewhere.port() + asked
                                    + "\r\nContent-Length: 0\r\n\r\n");
                    return Reply.SENT;
                });
                failsAt(asked, "refers to another address, which is not followed");
            }
            assertThat(elsewhere.requests).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/containers/json", "/info", "/networks", "/containers/x/json"})
    void aCompressedAnswerIsNotRead(String asked) throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bomb)) {
            packed.write(" ".repeat(10_000_000).getBytes(StandardCharsets.UTF_8));
        }
        for (String header : List.of("Content-Encoding: gzip", "Transfer-Encoding: gzip, chunked")) {
            engine.follow((path, out) -> {
                ScriptedEngine.text(
                        out, "HTTP/1.1 200 OK\r\n" + header + "\r\nContent-Length: " + bomb.size() + "\r\n\r\n");
                out.write(bomb.toByteArray());
                return Reply.SENT;
            });
            failsAt(asked, "not requested");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 99999 OK\r\n\r\n",
                "HTTP/1.1 OK\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n[]",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n[]",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n[]",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[]",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\n[]\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n[]\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]xx\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n[[",
                "HTTP/1.1 200 OK\r\n\r\n[7]",
                "HTTP/1.1 200 OK\r\n\r\n[{}]",
                "HTTP/1.1 200 OK\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\n\r\n[] []",
                "HTTP/1.1 500 Oops\r\n\r\n[]"
            })
    void whatIsNoListLeavesTheContainersAsTheyAre(String answer) throws IOException {
        Inventory inventory = new Inventory(Set.of("local"));
        try (EngineWatcherManager watchers = new EngineWatcherManager(List.of(engine.config("local")), inventory)) {
            watchers.start();
            await().until(() -> view(inventory).containers().size() == 1);

            engine.follow((path, out) -> {
                if (path.equals("/containers/json")) {
                    ScriptedEngine.text(out, answer);
                    return Reply.CLOSE;
                }
                return path.equals("/events") ? Reply.CLOSE : Reply.USUAL;
            });
            engine.end(2);
            failsAt("/containers/json", "");
            assertThat(view(inventory).containers()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_ping", "/containers/json", "/info", "/containers/x/json", "/events"})
    void headersWithoutEndAreAnError(String asked) throws IOException {
        for (String start : List.of("HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 ")) {
            engine.follow((path, out) -> {
                ScriptedEngine.text(out, start);
                while (true) {
                    ScriptedEngine.text(out, start.endsWith("\r\n") ? "X-Header: value\r\n" : "aaaaaaaaaaaaaaaa");
                }
            });
            failsAt(asked, "longer than allowed");
        }
    }

    @Test
    void interimResponsesWithoutEndAreAnError() throws IOException {
        engine.follow((path, out) -> {
            while (true) {
                ScriptedEngine.text(out, "HTTP/1.1 100 Continue\r\n\r\n");
            }
        });
        failsAt("/containers/json", "longer than allowed");
    }

    @Test
    void anEndlessPingIsReadToItsLimitOnly() throws IOException {
        engine.follow((path, out) -> {
            ScriptedEngine.text(out, "HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                ScriptedEngine.text(out, "OK".repeat(1_000));
            }
        });
        try (HttpEngineClient client = client(LONG)) {
            client.ping();
        }
        await().until(() -> engine.connections.get() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_ping", "/containers/json", "/info", "/networks", "/containers/x/json", "/events"})
    void anEngineThatIsSilentIsGivenUp(String asked) throws IOException {
        for (String start : List.of("", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[")) {
            engine.follow((path, out) -> {
                if (!path.equals(asked.replace("/x/", "/" + ScriptedEngine.id(1) + "/"))) {
                    return Reply.USUAL;
                }
                boolean isList = path.equals("/containers/json") || path.equals("/networks");
                ScriptedEngine.text(out, isList ? start : start.replace("[", "{"));
                return Reply.SILENCE;
            });
            try (HttpEngineClient client = client(SHORT)) {
                assertThatIOException().isThrownBy(() -> ask(client, asked)).withMessageContaining("no answer within");
            }
        }
    }

    @Test
    void anEngineThatDoesNotAcceptConnectionsIsGivenUp() throws IOException {
        try (UnresponsivePort port = new UnresponsivePort();
                HttpEngineClient client = new HttpEngineClient(
                        EngineHttpClient.connect(
                                engine.config("local").at(URI.create("tcp://127.0.0.1:" + port.port())),
                                new Timeouts(SHORT, LONG, LONG, LONG)),
                        "local",
                        FactSelection.OWN,
                        any -> true)) {
            assertThatIOException().isThrownBy(client::runningContainers).withMessageContaining("timed out");
        }
    }

    @Test
    void anEventThatIsNoEventEndsTheSubscription() throws IOException {
        for (String event :
                List.of("7", "[[", "[]", "\"x\"", "{\"Type\":\"a\",\"Type\":\"b\"}", "{]", "}", "[".repeat(10_000))) {
            engine.follow((path, out) -> {
                if (!path.equals("/events")) {
                    return Reply.USUAL;
                }
                ScriptedEngine.text(out, "HTTP/1.1 200 OK\r\n\r\n" + event + "\n");
                return Reply.SILENCE;
            });
            try (HttpEngineClient client = client(LONG)) {
                assertThatIOException().as(event).isThrownBy(() -> ask(client, "/events"));
            }
        }
    }

    @Test
    void anAnswerAboutAnotherContainerIsNotBelieved() throws IOException {
        engine.follow((path, out) -> path.equals("/containers/" + ScriptedEngine.id(1) + "/json")
                ? ScriptedEngine.json(out, "{\"Id\":\"" + ScriptedEngine.id(7) + "\",\"State\":{\"Running\":true}}")
                : Reply.USUAL);
        engine.run(2, Container.named("two.example.com"));
        Inventory inventory = new Inventory(Set.of("local"));
        try (EngineWatcherManager watchers = new EngineWatcherManager(List.of(engine.config("local")), inventory)) {
            watchers.start();
            await().until(() -> view(inventory).connection() instanceof Connection.Connected);
            assertThat(view(inventory).containers()).containsOnlyKeys(ScriptedEngine.id(2));
        }
    }

    @Test
    void anAnswerIsReadToItsLimitOnly() throws IOException {
        byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        engine.follow((path, out) -> {
            ScriptedEngine.text(out, "HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                out.write(blanks);
            }
        });
        try (HttpEngineClient client = client(Duration.ofMinutes(10))) {
            assertThatIOException()
                    .isThrownBy(client::runningContainers)
                    .withMessageContaining("longer than " + (1L << 30) + " bytes");
        }
    }

    @Test
    void moreThanAListMayHoldIsAnError() throws IOException {
        engine.follow((path, out) -> {
            ScriptedEngine.text(out, "HTTP/1.1 200 OK\r\n\r\n[{\"Id\":\"a\"}");
            for (int i = 0; i < 50_000; i++) {
                ScriptedEngine.text(out, ",{\"Id\":\"a\"}");
            }
            ScriptedEngine.text(out, "]");
            return Reply.CLOSE;
        });
        failsAt("/containers/json", "more than 50000 elements");
    }

    @Test
    void aPortAtAnAddressThatIsNotTheHostsIsToldAsSuch() throws IOException {
        engine.run(3, new Container("a.example.com", "", Map.of(), """
                {"80/tcp":[{"HostIp":"8.8.8.8","HostPort":"80"},{"HostIp":"127.0.0.1","HostPort":"81"},
                           {"HostIp":"0.0.0.0","HostPort":"82"},{"HostIp":"::","HostPort":"83"},{"HostIp":"10.255.255.1","HostPort":"84"}]}"""));
        HostAddressVerifier verifier = new HostAddressVerifier(Optional.of("127.0.0.1"), false);
        try (HttpEngineClient client = new HttpEngineClient(
                EngineHttpClient.connect(engine.config("local"), timeouts(LONG)),
                "local",
                FactSelection.OWN,
                verifier::isOfHost)) {
            assertThat(client.inspect(ScriptedEngine.id(3))
                            .orElseThrow()
                            .facts()
                            .publishedPorts())
                    .filteredOn(port -> port.ofHost())
                    .extracting(port -> port.hostPort())
                    .containsExactlyInAnyOrder(81, 82, 83);
        }
    }

    private void failsAt(String asked, String message) throws IOException {
        try (HttpEngineClient client = client(LONG)) {
            assertThatIOException()
                    .as(asked)
                    .isThrownBy(() -> ask(client, asked))
                    .withMessageContaining(message);
        }
    }

    private static void ask(HttpEngineClient client, String path) throws IOException {
        switch (path) {
            case "/_ping" -> client.ping();
            case "/info" -> client.swarmState();
            case "/networks" -> client.networks();
            case "/containers/json" -> client.runningContainers();
            case "/events" -> {
                try (EngineClient.EventSubscription events = client.subscribe()) {
                    events.next();
                }
            }
            default -> client.inspect(ScriptedEngine.id(1));
        }
    }

    private HttpEngineClient client(Duration limit) throws IOException {
        return new HttpEngineClient(
                EngineHttpClient.connect(engine.config("local"), timeouts(limit)),
                "local",
                FactSelection.OWN,
                any -> true);
    }

    private static Timeouts timeouts(Duration limit) {
        return new Timeouts(limit, limit, limit, limit);
    }

    private static EngineSnapshot view(Inventory inventory) {
        return inventory.snapshot().engine("local");
    }
}
