package io.interlock.app.docker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.EngineConfig.Mode;
import io.interlock.app.docker.client.EngineHttpClient.Timeouts;
import io.interlock.app.docker.image.ImageContentCache;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.FactSelection;
import io.interlock.testsupport.network.OriginServer;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private OriginServer server;
    private int otherwise = 404;

    @BeforeEach
    void start() throws IOException {
        server = OriginServer.answering(exchange -> {
            asked.add(exchange.getRequestURI().getPath());
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
            assertThat(bridges(engine)).containsExactly("docker0", "br-fedcba987654");
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
            assertThat(bridges(engine)).contains("cni-podman0");
        }
    }

    @Test
    void somethingInFrontOfTheEngineThatForbidsPodmansQuestionHarmsNothing() throws IOException {
        otherwise = 403;
        answers.put("/networks", DOCKERS);

        try (HttpEngineClient engine = connect()) {
            assertThat(bridges(engine)).contains("docker0");
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

    private static List<String> bridges(HttpEngineClient engine) throws IOException {
        return engine.networks().orElseThrow().stream()
                .flatMap(network -> network.bridge().stream())
                .toList();
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

    @Test
    void anImageIsAskedOnceForWhatItBrings() throws IOException {
        container(
                ONE, "sha256:" + TWO, "\"interlock.port\":\"80\",\"interlock.hostname\":\"a.example.com\",\"x\":\"y\"");
        container(TWO, "sha256:" + TWO, "\"interlock.port\":\"81\",\"team\":\"red\"");
        answers.put("/images/sha256:" + TWO + "/json", """
            {"Config":{"Env":["A=b","INTERLOCK_DATA={}"],
             "Labels":{"interlock.port":"80","interlock.path":"/x","team":"red","x":"y"}}}\
            """);

        try (HttpEngineClient engine = connect(new ImageContentCache())) {
            assertThat(ofImage(engine, ONE)).contains(Set.of("interlock.port", "INTERLOCK_DATA"));
            assertThat(ofImage(engine, TWO)).contains(Set.of("team", "INTERLOCK_DATA"));
        }
        assertThat(asked).filteredOn(path -> path.startsWith("/images/")).hasSize(1);
    }

    @Test
    void variablesAndLabelsOfDialectsAreReadAndLookedForInTheImage() throws IOException {
        answers.put("/containers/" + ONE + "/json", """
            {"Id":"%s","Image":"sha256:%s","State":{"Running":true},
             "Config":{"Env":["DEMO_HOST=old", "DEMO_HOST=a.example.com", "DEMO_PORT=80", "SECRET=x", "DEMO_X"],
              "Labels":{"Demo.path":"/", "other":"y"}}}\
            """.formatted(ONE, TWO));
        answers.put("/images/sha256:" + TWO + "/json", """
            {"Config":{"Env":["DEMO_PORT=80"], "Labels":{"Demo.path":"/"}}}\
            """);

        try (HttpEngineClient engine = new HttpEngineClient(
                EngineHttpClient.connect(config(), Timeouts.DEFAULT),
                "local",
                new FactSelection(Set.of(), Set.of("demo."), Set.of("DEMO_")),
                any -> true,
                Optional.of(new ImageContentCache()))) {
            ContainerFacts facts = engine.inspect(ONE).orElseThrow().facts();

            assertThat(facts.environment()).isEqualTo(Map.of("DEMO_HOST", "a.example.com", "DEMO_PORT", "80"));
            assertThat(facts.labels()).isEqualTo(Map.of("Demo.path", "/"));
            assertThat(facts.ofImage()).contains(Set.of("DEMO_PORT", "Demo.path"));
            assertThat(facts.toString()).doesNotContain("a.example.com");
        }
    }

    @Test
    void anImageWithMoreLabelsThanTheLimitLeavesItOpen() throws IOException {
        container(ONE, "sha256:" + TWO, "\"interlock.port\":\"80\"");
        String labels = IntStream.range(0, 2_001)
                .mapToObj(i -> "\"interlock." + i + "\":\"x\"")
                .collect(Collectors.joining(","));
        answers.put("/images/sha256:" + TWO + "/json", "{\"Config\":{\"Labels\":{" + labels + "}}}");

        try (HttpEngineClient engine = connect(new ImageContentCache())) {
            assertThat(ofImage(engine, ONE)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 403})
    void anEngineThatDoesNotTellLeavesItOpen(int status) throws IOException {
        otherwise = status;
        container(ONE, "sha256:" + TWO, "\"interlock.port\":\"80\"");

        try (HttpEngineClient engine = connect(new ImageContentCache())) {
            assertThat(ofImage(engine, ONE)).isEmpty();
        }
    }

    @Test
    void anEngineThatFailsToTellFailsTheInspect() throws IOException {
        otherwise = 500;
        container(ONE, "sha256:" + TWO, "\"interlock.port\":\"80\"");

        try (HttpEngineClient engine = connect(new ImageContentCache())) {
            assertThatIOException().isThrownBy(() -> engine.inspect(ONE)).withMessageContaining("inspect image");
        }
    }

    @Test
    void anImageIsNotAskedWhereNothingDependsOnIt() throws IOException {
        container(ONE, "../../containers", "\"interlock.port\":\"80\"");
        container(TWO, "sha256:" + TWO, "\"x\":\"y\"");

        try (HttpEngineClient engine = connect(new ImageContentCache());
                HttpEngineClient incurious = connect()) {
            assertThat(ofImage(engine, ONE)).isEmpty();
            answers.computeIfPresent(
                    "/containers/" + TWO + "/json", (path, answer) -> answer.replace(", \"INTERLOCK_DATA={}\"", ""));
            assertThat(ofImage(engine, TWO)).contains(Set.of());
            assertThat(ofImage(incurious, ONE)).isEmpty();
        }
        assertThat(asked).noneMatch(path -> path.startsWith("/images/"));
    }

    private void container(String id, String image, String labels) {
        answers.put("/containers/" + id + "/json", """
            {"Id":"%s","Image":"%s","State":{"Running":true},
             "Config":{"Env":["A=b", "INTERLOCK_DATA={}"],"Labels":{%s}}}\
            """.formatted(id, image, labels));
    }

    private static Optional<Set<String>> ofImage(HttpEngineClient engine, String container) throws IOException {
        return engine.inspect(container).orElseThrow().facts().ofImage();
    }

    private HttpEngineClient connect(ImageContentCache images) throws IOException {
        return new HttpEngineClient(
                EngineHttpClient.connect(config(), Timeouts.DEFAULT),
                "local",
                FactSelection.ofLabels(Set.of("team")),
                any -> true,
                Optional.of(images));
    }

    private HttpEngineClient connect() throws IOException {
        return HttpEngineClient.connect(config(), Timeouts.DEFAULT);
    }

    private EngineConfig config() {
        URI address = URI.create("tcp://127.0.0.1:" + server.port());
        return new EngineConfig(
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
    }
}
