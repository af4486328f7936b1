package io.interlock.app.docker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.EngineConfig.Mode;
import io.interlock.app.docker.client.EngineHttpClient.Timeouts;
import io.interlock.testsupport.network.OriginServer;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests answers of engines of different makes. */
@Tag("unit")
class HttpEngineClientTest {

    private static final String DOCKERS = """
            [{"Name":"bridge","Id":"0123456789abcdef","Driver":"bridge","Options":{"com.docker.network.bridge.name":"docker0"}},
             {"Name":"front","Id":"fedcba9876543210","Driver":"bridge","Options":{}},
             {"Name":"host","Id":"00","Driver":"host","Options":{}}]""";

    private static final String ONE = "01".repeat(32);
    private static final String TWO = "02".repeat(32);

    private final Map<String, String> answers = new LinkedHashMap<>();
    private OriginServer server;
    private int otherwise = 404;

    @BeforeEach
    void start() throws IOException {
        server = OriginServer.answering(exchange -> {
            String answer = answers.get(exchange.getRequestURI().getPath());
            OriginServer.respond(exchange, answer == null ? otherwise : 200, answer == null ? "{}" : answer);
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void bridgesHaveTheNamesThatTheEngineGivesThem() throws IOException {
        answers.put("/networks", DOCKERS);

        try (HttpEngineClient engine = connect()) {
            assertThat(engine.bridgeInterfaces()).containsExactly("docker0", "br-fedcba987654");
        }
    }

    @Test
    void podmanIsAskedForItsOwnViewOfNetworks() throws IOException {
        answers.put("/networks", """
                [{"Name":"bridge","Id":"2f259bab93aaaaa2542ba43ef33eb990","Scope":"local","Driver":"bridge","Options":{}}]""");
        answers.put("/v4.0.0/libpod/networks/json", """
                [{"name":"podman","id":"2f259bab93aaaaa2542ba43ef33eb990","driver":"bridge","network_interface":"cni-podman0",
                  "subnets":[{"subnet":"10.88.0.0/16","gateway":"10.88.0.1"}]}]""");

        try (HttpEngineClient engine = connect()) {
            assertThat(engine.bridgeInterfaces()).contains("cni-podman0");
        }
    }

    @Test
    void somethingInFrontOfTheEngineThatForbidsPodmansQuestionHarmsNothing() throws IOException {
        otherwise = 403;
        answers.put("/networks", DOCKERS);

        try (HttpEngineClient engine = connect()) {
            assertThat(engine.bridgeInterfaces()).contains("docker0");
        }
    }

    @Test
    void aListOfContainersIsReadWhole() throws IOException {
        answers.put("/containers/json", """
                [{"Id":"%s","Names":["/a"]},{"Names":[],"Id":"%s"}]""".formatted(ONE, TWO));

        try (HttpEngineClient engine = connect()) {
            assertThat(engine.runningContainers()).containsExactly(ONE, TWO);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[[",
                "[7]",
                "[{}]",
                "[{\"Id\":\"%1$s\"},{\"Id\":\"no id\"}]",
                "[{\"Id\":\"%1$s\",\"Id\":\"%1$s\"}]",
                "[{\"Id\":[\"%1$s\"]}]",
                "[{\"Id\":\"%1$s\"}] []",
                "[null]",
                "[{\"Id\":\"%1$s\"}",
                "[{\"Id\":\"%1$s\"},7,{}]",
                "[{\"Id\":\"%1$s\"},[{\"Id\":\"%1$s\"}]]",
                "[{\"Id\":\"%1$s\"},null]",
                "[{\"Id\":\"%1$s\""
            })
    void aMalformedListOfContainersIsAnErrorRatherThanAShorterList(String list) throws IOException {
        answers.put("/containers/json", list.formatted(ONE));

        try (HttpEngineClient engine = connect()) {
            assertThatIOException().isThrownBy(engine::runningContainers).withMessageContaining("list containers");
        }
    }

    private HttpEngineClient connect() throws IOException {
        URI address = URI.create("tcp://127.0.0.1:" + server.port());
        EngineConfig config = new EngineConfig(
                "local",
                address,
                1,
                1,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Mode.CONTAINERS,
                List.of());
        return HttpEngineClient.connect(config, Timeouts.DEFAULT);
    }
}
