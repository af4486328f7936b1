package io.interlock.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compares a session on the real engine and on the simulated one: a container is created, started, stopped, started,
 * killed and removed. Everything that Interlock reads of it must be equal in name, place, type and form, and events in
 * order.
 */
@Tag("engine")
class SimulatedEngineServerIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The filters that Interlock sends. */
    private static final String FILTERS = """
            {"type":["container","network"],"event":["start","restart","unpause","pause","stop","die","kill",\
            "destroy","rename","update","health_status","connect","disconnect"]}""";

    /** The fields that Interlock reads of an inspected container. */
    private static final List<String> READ = List.of(
            "/Id",
            "/Name",
            "/Created",
            "/State/Running",
            "/State/Restarting",
            "/State/Paused",
            "/State/StartedAt",
            "/State/Health",
            "/Config/Hostname",
            "/Config/Domainname",
            "/Config/Env",
            "/Config/Labels",
            "/Config/ExposedPorts",
            "/Config/StopSignal",
            "/Config/StopTimeout",
            "/HostConfig/NetworkMode",
            "/NetworkSettings/Ports",
            "/NetworkSettings/Networks/bridge/NetworkID",
            "/NetworkSettings/Networks/bridge/IPAddress",
            "/NetworkSettings/Networks/bridge/GlobalIPv6Address",
            "/NetworkSettings/Networks/bridge/Gateway",
            "/NetworkSettings/Networks/bridge/IPv6Gateway");

    private final LocalEngine real = LocalEngine.connect();

    @AfterEach
    void removeContainers() {
        real.close();
    }

    @Test
    void theSimulatedEngineIsLikeTheRealOneInAllThatIsRead() throws IOException {
        List<String> onReal = realSession();
        List<String> onSimulated = simulatedSession();

        assertThat(onSimulated).isEqualTo(onReal);
        assertThat(onReal).hasSizeGreaterThan(100);
    }

    @Test
    void theSimulatedEngineHasTheFieldsOfTheRealOneInTheirOrder() throws IOException {
        SampleContainer container =
                real.sample().hostname("www.session.example").start();
        String realFields = fields(new RawEngineClient(real.address().toString()), container.id());
        try (SimulatedEngineServer engine = SimulatedEngineServer.start(EngineLatencies.USUAL, 8080)) {
            SimulatedContainer simulated = engine.create("www.session.example", Map.of(), Map.of());
            engine.start(simulated);

            assertThat(fields(new RawEngineClient(engine.address()), simulated.id()))
                    .isEqualTo(realFields);
        }
    }

    private static String fields(RawEngineClient wire, String id) throws IOException {
        JsonNode container = JSON.readTree(wire.get("/containers/" + id + "/json"));
        return names(container) + names(container.path("State")) + names(container.path("NetworkSettings"));
    }

    private static String names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList().toString();
    }

    private List<String> realSession() throws IOException {
        RawEngineClient wire = new RawEngineClient(real.address().toString());
        SampleContainer container = real.sample()
                .hostname("www.session.example")
                .data("{}")
                .label("interlock.x", "y")
                .create();
        try (Transcript transcript = new Transcript(wire, container.id())) {
            transcript.inspect();
            container.start();
            transcript.listAndInspect();
            container.stop();
            transcript.listAndInspect();
            container.start();
            transcript.listAndInspect();
            container.kill();
            transcript.awaitEvent("die", 2);
            container.remove();
            return transcript.end();
        }
    }

    private static List<String> simulatedSession() throws IOException {
        try (SimulatedEngineServer engine = SimulatedEngineServer.start(EngineLatencies.USUAL, 8080)) {
            SimulatedContainer container = engine.create(
                    "www.session.example", Map.of("INTERLOCK_DATA", "{}", "PATH", "/bin"), Map.of("interlock.x", "y"));
            try (Transcript transcript = new Transcript(new RawEngineClient(engine.address()), container.id())) {
                transcript.inspect();
                engine.start(container);
                transcript.listAndInspect();
                engine.stop(container);
                transcript.listAndInspect();
                engine.start(container);
                transcript.listAndInspect();
                engine.kill(container, "9");
                engine.die(container);
                engine.remove(container);
                return transcript.end();
            }
        }
    }

    /** Observations of a container, with values replaced by their form where they cannot be the same. */
    private static final class Transcript implements AutoCloseable {
        private final RawEngineClient wire;
        private final String id;
        private final List<String> lines = new ArrayList<>();
        private final List<String> events = new CopyOnWriteArrayList<>();
        private final RawEngineClient.Stream stream;

        Transcript(RawEngineClient wire, String id) throws IOException {
            this.wire = wire;
            this.id = id;
            this.stream = wire.open("/events?filters=" + URLEncoder.encode(FILTERS, StandardCharsets.UTF_8));
            Thread.ofVirtual().start(this::readEvents);
            lines.add("ping " + wire.get("/_ping"));
            lines.add("unknown " + JSON.readTree(wire.get("/containers/" + "0".repeat(64) + "/json")));
            JsonNode bridge = StreamSupport.stream(
                            JSON.readTree(wire.get("/networks")).spliterator(), false)
                    .filter(network -> network.path("Name").asText().equals("bridge"))
                    .findFirst()
                    .orElseThrow();
            lines.add("network " + form(bridge.path("Id")) + " " + form(bridge.path("Driver")) + " "
                    + bridge.path("Options")
                            .path("com.docker.network.bridge.name")
                            .getNodeType());
            lines.add("info " + JSON.readTree(wire.get("/info")).path("Name").getNodeType());
        }

        void listAndInspect() throws IOException {
            boolean listed = StreamSupport.stream(
                            JSON.readTree(wire.get("/containers/json")).spliterator(), false)
                    .anyMatch(container -> container.path("Id").asText().equals(id));
            lines.add("listed " + listed);
            inspect();
        }

        void inspect() throws IOException {
            JsonNode container = JSON.readTree(wire.get("/containers/" + id + "/json"));
            READ.forEach(path -> lines.add(path + " " + form(container.at(path))));
        }

        /** Waits, because an engine reports an end a moment after the call that caused it. */
        void awaitEvent(String action, int times) {
            await(action)
                    .atMost(PATIENCE)
                    .until(() -> events.stream()
                                    .filter(line -> line.startsWith("container " + action + " "))
                                    .count()
                            >= times);
        }

        List<String> end() {
            awaitEvent("destroy", 1);
            lines.addAll(events);
            return lines;
        }

        private void readEvents() {
            try {
                while (true) {
                    JsonNode event = JSON.readTree(stream.line());
                    if (event.toString().contains(id)) {
                        events.add(event(event));
                    }
                }
            } catch (IOException closed) {
                // The end of the session.
            }
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }

        private String event(JsonNode event) {
            JsonNode attributes = event.path("Actor").path("Attributes");
            return event.path("Type").asText() + " " + event.path("Action").asText() + " "
                    + form(event.path("Actor").path("ID")) + " " + form(attributes.path("container")) + " "
                    + attributes.path("signal").asText() + " " + form(event.path("time")) + " "
                    + form(event.path("timeNano"));
        }

        private String form(JsonNode value) {
            if (value.isObject()) {
                return value.properties().stream()
                        .filter(entry -> !entry.getKey().startsWith("io.interlock."))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> form(entry.getValue()), (one, other) -> one, TreeMap::new))
                        .toString();
            }
            if (value.isArray()) {
                return StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .filter(text -> !text.startsWith("NAME="))
                        .collect(Collectors.toCollection(TreeSet::new))
                        .toString();
            }
            return value.isTextual() ? textForm(value.asText()) : number(value);
        }

        private String number(JsonNode value) {
            return value.isNumber() ? "number of " + value.asText().length() + " digits" : value.toString();
        }

        private String textForm(String text) {
            return text.equals(id)
                    ? "ID"
                    : text.replaceAll("^[0-9a-f]{64}$", "another id")
                            .replaceAll("^(?!0001)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z$", "time")
                            .replaceAll("^/(il|simulated)-[a-z0-9-]+$", "/name")
                            .replaceAll("^\\d+\\.\\d+\\.\\d+\\.\\d+$", "address");
        }
    }
}
