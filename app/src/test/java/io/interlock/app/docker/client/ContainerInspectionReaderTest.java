package io.interlock.app.docker.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.docker.json.JsonSelectionReader;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.FactSelection;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.PublishedPort;
import io.interlock.util.IpLiteral;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reads documents of a real engine. */
@Tag("unit")
class ContainerInspectionReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final ContainerInspectionReader reader =
            new ContainerInspectionReader("local", FactSelection.ofLabels(Set.of("team")), any -> true);

    @Test
    void aPublishedContainerOnTwoNetworksIsReadWhole() {
        ContainerInspection inspection =
                reader.read(recorded("published-with-health"), ContainerInspectionReaderTest::unasked);
        ContainerFacts facts = inspection.facts();

        assertThat(inspection.running()).isTrue();
        assertThat(inspection.stopSignal()).isEqualTo("SIGQUIT");
        assertThat(inspection.stopTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(inspection.gateways())
                .containsExactly(address("172.17.0.1"), address("172.31.77.1"), address("fd00:17::1"));
        assertThat(facts.key().engineId()).isEqualTo("local");
        assertThat(facts.key().containerId()).hasSize(64);
        assertThat(facts.name()).isEqualTo("il-docker-web");
        assertThat(facts.created()).isEqualTo(Instant.parse("2026-11-22T14:42:29.386998228Z"));
        assertThat(facts.startedAt()).isEqualTo(Instant.parse("2026-11-22T14:42:29.902955819Z"));
        assertThat(facts.paused()).isFalse();
        assertThat(facts.stopping()).isFalse();
        assertThat(facts.health()).isEqualTo(Health.HEALTHY);
        assertThat(facts.hostname()).isEqualTo("www.example.com");
        assertThat(facts.domainname()).isEmpty();
        assertThat(facts.interlockData())
                .contains("{\"alias_domains\": [\"foo.com\"], \"check\": \"httpchk GET /?a=b\"}");
        assertThat(facts.labels()).containsOnlyKeys("interlock.port").containsValue("8080");
        assertThat(facts.exposedTcpPorts()).containsExactly(8080, 8443, 9000);
        assertThat(facts.publishedPorts())
                .containsExactly(
                        new PublishedPort(8080, address("127.0.0.1"), 18080),
                        new PublishedPort(8443, address("0.0.0.0"), 18443),
                        new PublishedPort(8443, address("::"), 18443));
        assertThat(facts.networkMode()).isEqualTo("il-docker-net6");
        assertThat(facts.networks()).extracting(NetworkAttachment::name).containsExactly("bridge", "il-docker-net6");
        assertThat(facts.networks().get(1).ipv4()).contains(address("172.31.77.2"));
        assertThat(facts.networks().get(1).ipv6()).contains(address("fd00:17::2"));
        assertThat(facts.networks().get(0).ipv6()).isEmpty();
    }

    @Test
    void aContainerOfPodmanIsReadLikeAnyOther() {
        ContainerInspection inspection = reader.read(recorded("podman"), ContainerInspectionReaderTest::unasked);
        ContainerFacts facts = inspection.facts();

        assertThat(inspection.running()).isTrue();
        assertThat(inspection.stopSignal()).as("a number").isEqualTo("15");
        assertThat(facts.hostname()).isEqualTo("www.example.com");
        assertThat(facts.health()).as("of a status that is there and empty").isEqualTo(Health.NONE);
        assertThat(facts.labels()).containsOnlyKeys("interlock.port");
        assertThat(facts.publishedPorts())
                .as("an address that is empty is any")
                .contains(new PublishedPort(9000, address("127.0.0.1"), 18099))
                .anyMatch(port ->
                        port.containerPort() == 8080 && port.hostAddress().equals(address("0.0.0.0")));
        assertThat(facts.networks())
                .containsExactly(new NetworkAttachment(
                        "ilnet1", "ilnet1", Optional.of(address("10.234.1.4")), Optional.empty()));
    }

    @Test
    void aPlainContainerHasDefaults() {
        ContainerInspection inspection = reader.read(recorded("plain"), ContainerInspectionReaderTest::unasked);

        assertThat(inspection.running()).isTrue();
        assertThat(inspection.stopSignal()).isEqualTo("SIGTERM");
        assertThat(inspection.stopTimeout())
                .as("as long as somebody may wait with docker stop -t")
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(inspection.facts().health()).isEqualTo(Health.NONE);
        assertThat(inspection.facts().interlockData()).isEmpty();
        assertThat(inspection.facts().exposedTcpPorts()).isEmpty();
        assertThat(inspection.facts().hostname()).hasSize(12).doesNotContain(".");
        assertThat(inspection.facts().networkMode()).isEqualTo("default");
    }

    @Test
    void aPausedContainerRuns() {
        ContainerInspection inspection = reader.read(recorded("paused"), ContainerInspectionReaderTest::unasked);

        assertThat(inspection.running()).isTrue();
        assertThat(inspection.facts().paused()).isTrue();
        assertThat(inspection.facts().domainname()).isEqualTo("example.org");
    }

    @Test
    void oneThatExitedOrWaitsToBeRestartedDoesNotRun() {
        assertThat(reader.read(recorded("exited"), ContainerInspectionReaderTest::unasked)
                        .running())
                .isFalse();
        assertThat(reader.read(recorded("restarting"), ContainerInspectionReaderTest::unasked)
                        .running())
                .isFalse();
    }

    @Test
    void oneThatSharesAnothersNetworkHasNoneOfItsOwn() {
        ContainerFacts facts = reader.read(recorded("shared-network"), ContainerInspectionReaderTest::unasked)
                .facts();

        assertThat(facts.networkMode()).startsWith("container:");
        assertThat(facts.networks()).isEmpty();
        assertThat(facts.publishedPorts()).isEmpty();
    }

    @Test
    void inTheHostsNetworkTheHostsOwnNameIsNotTheContainers() {
        ObjectNode container = recorded("host-network");
        config(container).put("Hostname", "node1.example.com");

        assertThat(reader.read(container, () -> "node1.example.com").facts().hostname())
                .isEmpty();
        assertThat(reader.read(container, () -> "another.example.com").facts().hostname())
                .isEqualTo("node1.example.com");
    }

    @Test
    void theLastOfDoubledVariablesWinsAndKeepsItsEqualsSigns() {
        ObjectNode container = recorded("plain");
        ArrayNode environment = config(container).putArray("Env");
        environment.add("INTERLOCK_DATA={}").add("INTERLOCK_DATA_OLD=x").add("INTERLOCK_DATA=a=b==");

        assertThat(reader.read(container, ContainerInspectionReaderTest::unasked)
                        .facts()
                        .interlockData())
                .contains("a=b==");
    }

    @Test
    void labelsAndVariablesOfAnotherFormLeaveTheContainerOut() {
        for (String odd : List.of("7", "\"x\"", "true", "[]", "[{\"interlock.allow\":\"10.0.0.0/8\"}]")) {
            ObjectNode container = recorded("plain");
            config(container).set("Labels", json(odd));
            assertThat(excess(container)).as(odd).contains("labels interlock.*");
        }
        for (String odd : List.of("7", "\"x\"", "{}", "{\"INTERLOCK_DATA\":\"{}\"}")) {
            ObjectNode container = recorded("plain");
            config(container).set("Env", json(odd));
            assertThat(excess(container)).as(odd).contains("INTERLOCK_DATA");
        }
        for (String field : List.of("Labels", "Env")) {
            ObjectNode container = recorded("plain");
            config(container).set(field, json("null"));
            assertThat(excess(container)).isEmpty();
            config(container).remove(field);
            assertThat(excess(container)).isEmpty();
        }
    }

    @Test
    void variablesThatAreTooLongTogetherOrAloneLeaveTheContainerOut() throws IOException {
        String variable = "\"INTERLOCK_DATA=" + "x".repeat(100_000) + "\"";
        String several = variable + ("," + variable).repeat(4);
        String one = "\"INTERLOCK_DATA=" + "x".repeat(420_000) + "\"";
        for (String environment : List.of(several, one)) {
            String container = "{\"Config\":{\"Env\":[" + environment + "]}}";
            JsonNode read = new JsonSelectionReader(
                            new ByteArrayInputStream(container.getBytes(StandardCharsets.UTF_8)),
                            reader.selection(),
                            Long.MAX_VALUE)
                    .object();
            assertThat(excess(read)).contains("INTERLOCK_DATA");
        }
    }

    private Optional<String> excess(JsonNode container) {
        return reader.read(container, ContainerInspectionReaderTest::unasked)
                .facts()
                .excess();
    }

    @Test
    void nothingMissingOrOddIsAnError() {
        for (String odd : List.of(
                "null", "7", "\"\"", "[]", "{}", "[null]", "{\"x\":null}", "{\"80/tcp\":[{\"HostPort\":\"x\"}]}")) {
            for (String part : List.of("State", "Config", "NetworkSettings", "HostConfig", "Name", "Created")) {
                ObjectNode container = recorded("published-with-health");
                container.set(part, json(odd));
                assertThat(reader.read(container, ContainerInspectionReaderTest::unasked))
                        .as(part + " " + odd)
                        .isNotNull();
                for (String field : fields(recorded("published-with-health").path(part))) {
                    container = recorded("published-with-health");
                    ((ObjectNode) container.get(part)).set(field, json(odd));
                    assertThat(reader.read(container, ContainerInspectionReaderTest::unasked))
                            .as(part + "." + field + " " + odd)
                            .isNotNull();
                }
            }
        }
        assertThat(reader.read(JSON.createObjectNode(), ContainerInspectionReaderTest::unasked)
                        .running())
                .isFalse();
    }

    @Test
    void aNullTextIsEmpty() {
        ObjectNode container = recorded("plain");
        config(container).putNull("Hostname").putNull("StopSignal");

        ContainerInspection inspection = reader.read(container, ContainerInspectionReaderTest::unasked);

        assertThat(inspection.facts().hostname()).isEmpty();
        assertThat(inspection.stopSignal()).isEqualTo("SIGTERM");
    }

    @Test
    void anAbsurdStopTimeoutIsLimited() {
        ObjectNode container = recorded("plain");

        config(container).put("StopTimeout", -1);
        assertThat(reader.read(container, ContainerInspectionReaderTest::unasked)
                        .stopTimeout())
                .isEqualTo(Duration.ofDays(1));
        config(container).put("StopTimeout", Long.MAX_VALUE);
        assertThat(reader.read(container, ContainerInspectionReaderTest::unasked)
                        .stopTimeout())
                .isEqualTo(Duration.ofDays(1));
        config(container).put("StopTimeout", 0);
        assertThat(reader.read(container, ContainerInspectionReaderTest::unasked)
                        .stopTimeout())
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void aPortThatIsPublishedWithoutBeingDeclaredCountsAsExposed() {
        ObjectNode container = recorded("plain");
        ObjectNode ports = ((ObjectNode) container.get("NetworkSettings")).putObject("Ports");
        ports.putArray("80/tcp").addObject().put("HostIp", "").put("HostPort", "8000");
        ports.putArray("99999/tcp").addObject().put("HostIp", "0.0.0.0").put("HostPort", "8001");
        ports.putArray("81/tcp").addObject().put("HostIp", "not.an.address").put("HostPort", "8002");

        ContainerFacts facts =
                reader.read(container, ContainerInspectionReaderTest::unasked).facts();

        assertThat(facts.exposedTcpPorts()).containsExactly(80, 81);
        assertThat(facts.publishedPorts()).containsExactly(new PublishedPort(80, address("0.0.0.0"), 8000));
    }

    private static String unasked() {
        throw new AssertionError("the engine's host name costs a request and was not needed");
    }

    private static List<String> fields(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static ObjectNode config(ObjectNode container) {
        return (ObjectNode) container.get("Config");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Returns what is read of a recorded answer. */
    private ObjectNode recorded(String name) {
        try (InputStream file = ContainerInspectionReaderTest.class.getResourceAsStream("inspect/" + name + ".json")) {
            return (ObjectNode) new JsonSelectionReader(file, reader.selection(), Long.MAX_VALUE).object();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static InetAddress address(String literal) {
        return Optional.of(literal).flatMap(IpLiteral::parse).orElseThrow();
    }
}
