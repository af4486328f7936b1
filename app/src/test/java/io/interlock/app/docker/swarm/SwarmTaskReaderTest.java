package io.interlock.app.docker.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.json.JsonSelection;
import io.interlock.app.docker.json.JsonSelectionReader;
import io.interlock.app.docker.labels.ContainerTextReader;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.FactSelection;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.PublishedPort;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class SwarmTaskReaderTest {

    private static final String CONTAINER = "e3".repeat(32);
    private static final String TASK = """
            {"ID": "task1", "Version": {"Index": 35}, "CreatedAt": "2026-11-26T11:55:15.319889564Z",
             "Spec": {"ContainerSpec": {"Image": "shop:1", "Hostname": "shop.example.com", "StopGracePeriod": 3000000000,
               "StopSignal": "SIGQUIT", "Env": ["A=b", "INTERLOCK_DATA={}"],
               "Labels": {"interlock.port": "80", "interlock.weight": "3", "other": "x"}}},
             "ServiceID": "service1", "Slot": 3, "NodeID": "node1", "DesiredState": "DESIRED",
             "Status": {"State": "STATE", "ContainerStatus": {"ContainerID": "CONTAINER"},
               "PortStatus": {"Ports": [
                 {"Protocol": "tcp", "TargetPort": 8080, "PublishedPort": 18080, "PublishMode": "host"},
                 {"Protocol": "tcp", "TargetPort": 8080, "PublishedPort": 18080, "PublishMode": "host"},
                 {"Protocol": "udp", "TargetPort": 53, "PublishedPort": 53, "PublishMode": "host"}]}},
             "NetworksAttachments": [
               {"Network": {"ID": "net1", "Spec": {"Name": "web"}, "DriverState": {"Name": "overlay"}},
                "Addresses": ["10.0.1.2/24", "fd00::2/64"]},
               {"Network": {"ID": "net2", "Spec": {"Name": "ingress", "Ingress": true}}, "Addresses": ["10.0.0.2/24"]}]}
            """;
    private static final String SERVICE = """
            {"ID": "service1", "Spec": {"Name": "shop", "Labels": {"interlock.port": "8080", "other": "y"},
               "EndpointSpec": {"Ports": [{"Protocol": "tcp", "TargetPort": 8080, "PublishMode": "host"}]}},
             "Endpoint": {"Ports": [
               {"Protocol": "tcp", "TargetPort": 8080, "PublishedPort": 80, "PublishMode": "ingress"},
               {"Protocol": "tcp", "TargetPort": 9090, "PublishedPort": 90, "PublishMode": "host"}]},
             "UpdateStatus": {"State": "updating"}}""";

    private static final ContainerTextReader TEXTS = new ContainerTextReader(FactSelection.OWN);
    private final SwarmTaskReader reader = new SwarmTaskReader("e", FactSelection.OWN);
    private final SwarmNode node = new SwarmNode("node1", address("192.0.2.7"), "box1", false);

    @Test
    void aTaskSaysOfItsContainerWhatAnInspectWould() throws IOException {
        ContainerInspection inspection = read("running", "running", Optional.of(node));

        ContainerFacts facts = inspection.facts();
        assertThat(inspection.running()).isTrue();
        assertThat(inspection.stopSignal()).isEqualTo("SIGQUIT");
        assertThat(inspection.stopTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(facts.key()).hasToString("e/" + CONTAINER.substring(0, 12));
        assertThat(facts.name()).isEqualTo("shop.3.task1");
        assertThat(facts.image()).isEqualTo("shop:1");
        assertThat(facts.startedAt()).isEqualTo(Instant.parse("2026-11-26T11:55:15.319889564Z"));
        assertThat(facts.hostname()).isEqualTo("shop.example.com");
        assertThat(facts.interlockData()).contains("{}");
        assertThat(facts.stopping()).isFalse();
        assertThat(facts.node()).contains(address("192.0.2.7"));
        assertThat(facts.networks())
                .containsExactly(new NetworkAttachment(
                        "web", "net1", Optional.of(address("10.0.1.2")), Optional.of(address("fd00::2"))));
        assertThat(facts.publishedPorts())
                .containsExactlyInAnyOrder(
                        new PublishedPort(8080, address("0.0.0.0"), 18080),
                        new PublishedPort(8080, address("0.0.0.0"), 80));
        assertThat(facts.exposedTcpPorts()).containsExactly(8080);
    }

    @Test
    void labelsOfTheServiceComeBeforeThoseOfTheContainer() throws IOException {
        assertThat(read("running", "running", Optional.of(node)).facts().labels())
                .isEqualTo(Map.of("interlock.port", "8080", "interlock.weight", "3"));
    }

    @Test
    void aTaskThatIsWantedNoMoreIsStoppingAndOnANodeThatIsLostItHasEnded() throws IOException {
        ContainerInspection stopping = read("shutdown", "running", Optional.of(node));

        assertThat(stopping.running()).isTrue();
        assertThat(stopping.facts().stopping()).isTrue();
        SwarmNode lost = new SwarmNode("node1", address("192.0.2.7"), "box1", true);
        assertThat(read("shutdown", "running", Optional.of(lost)).running()).isFalse();
        assertThat(read("running", "running", Optional.of(lost)).running()).isTrue();
    }

    @Test
    void aTaskThatHasNotGotHealthyYetDoesNotRun() throws IOException {
        assertThat(read("running", "starting", Optional.of(node)).running()).isFalse();
    }

    @Test
    void aTaskWhosePortsWereLetGoOfAsItIsStoppedHasEnded() throws IOException {
        assertThat(readWithoutPorts("shutdown").running()).isFalse();
        assertThat(readWithoutPorts("running").running()).isTrue();
    }

    private ContainerInspection readWithoutPorts(String desired) throws IOException {
        ObjectNode json = (ObjectNode) selected(SwarmTaskReader.selection(TEXTS), task(desired, "running"));
        json.withObject("Status").remove("PortStatus");
        return reader.read(json, service(), Optional.of(node));
    }

    /** The task has both numbers without an address; the number of the other protocol may belong to another task. */
    @Test
    void ofAPortWithANumberForEachProtocolTheOneOfItsNodesProtocolIsTaken() throws IOException {
        JsonNode twice = selected(
                SwarmTaskReader.selection(TEXTS),
                task("running", "running")
                        .replaceFirst("\"PublishedPort\": 18080", "\"PublishedPort\": 32778")
                        .replaceFirst("\"PublishedPort\": 18080", "\"PublishedPort\": 32777"));
        SwarmNode ipv6 = new SwarmNode("node1", address("2001:db8::7"), "box1", false);

        assertThat(reader.read(twice, service(), Optional.of(node)).facts().publishedPorts())
                .contains(new PublishedPort(8080, address("0.0.0.0"), 32778))
                .doesNotContain(new PublishedPort(8080, address("0.0.0.0"), 32777));
        assertThat(reader.read(twice, service(), Optional.of(ipv6)).facts().publishedPorts())
                .contains(new PublishedPort(8080, address("::"), 32777))
                .noneMatch(port -> port.hostPort() == 32778);
    }

    @ParameterizedTest
    @CsvSource({
        "{{.Service.Name}}.example.com, shop.example.com",
        "{{ .Service.Name }}.example.com, shop.example.com",
        "{{.Service.ID}}.{{.Node.ID}}.example.com, service1.node1.example.com",
        "{{.Node.Hostname}}.example.com, box1.example.com",
        "{{.Task.ID}}-{{.Task.Slot}}.example.com, task1-3.example.com",
        "{{.Task.Name}}.example.com, shop.3.task1.example.com",
        // An unknown template is reported with its value, like any invalid host name.
        "{{index .Service.Labels \"x\"}}.example.com, {{index .Service.Labels \"x\"}}.example.com",
        "{{.Task.Nothing}}.example.com, {{.Task.Nothing}}.example.com"
    })
    void aHostNameThatIsATemplateIsExpandedAsTheNodeDoes(String template, String hostname) throws IOException {
        JsonNode json = selected(
                SwarmTaskReader.selection(TEXTS),
                task("running", "running")
                        .replace("shop.example.com", template.replace("\"", "\\\""))
                        .replace("INTERLOCK_DATA={}", "INTERLOCK_DATA=[" + template.replace("\"", "\\\"") + "]"));

        ContainerFacts facts = reader.read(json, service(), Optional.of(node)).facts();
        assertThat(facts.hostname()).isEqualTo(hostname);
        assertThat(facts.interlockData()).contains("[" + hostname + "]");
    }

    @Test
    void theNameOfANodeThatIsNotKnownIsNotExpanded() throws IOException {
        JsonNode json = selected(
                SwarmTaskReader.selection(TEXTS),
                task("running", "running").replace("shop.example.com", "{{.Node.Hostname}}.example.com"));

        assertThat(reader.read(json, service(), Optional.empty()).facts().hostname())
                .isEqualTo("{{.Node.Hostname}}.example.com");
    }

    @Test
    void aTaskOfAJobIsServedWhileItRuns() throws IOException {
        assertThat(read("complete", "running", Optional.of(node)).running()).isTrue();
        assertThat(read("complete", "running", Optional.of(node)).facts().stopping())
                .isFalse();
        assertThat(read("complete", "complete", Optional.of(node)).running()).isFalse();
    }

    @Test
    void whereANodeIsMayBeUnknown() throws IOException {
        assertThat(read("running", "running", Optional.empty()).facts().node()).contains(address("0.0.0.0"));
        assertThat(SwarmNode.read(selected(SwarmNode.SELECTION, """
                {"ID": "n", "Status": {"State": "ready", "Addr": "0.0.0.0"}, "ManagerStatus": {"Addr": "192.0.2.1:2377"}}""")).address()).isEqualTo(address("192.0.2.1"));
        assertThat(SwarmNode.read(selected(SwarmNode.SELECTION, """
                {"ID": "n", "ManagerStatus": {"Addr": "[2001:db8::1]:2377"}}""")).address()).isEqualTo(address("2001:db8::1"));
    }

    private ContainerInspection read(String desired, String state, Optional<SwarmNode> on) throws IOException {
        return reader.read(selected(SwarmTaskReader.selection(TEXTS), task(desired, state)), service(), on);
    }

    private static String task(String desired, String state) {
        return TASK.replace("DESIRED", desired).replace("STATE", state).replace("CONTAINER", CONTAINER);
    }

    private static SwarmService service() throws IOException {
        return SwarmService.read(selected(SwarmService.selection(TEXTS), SERVICE), TEXTS);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    /** Returns what is read of an answer. */
    private static JsonNode selected(JsonSelection selection, String json) throws IOException {
        return new JsonSelectionReader(
                        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), selection, Long.MAX_VALUE)
                .object();
    }
}
