package io.interlock.app.docker.swarm;

import static io.interlock.app.docker.json.JsonSelection.ALL;
import static io.interlock.app.docker.json.JsonSelection.members;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.ContainerInspection.TaskRef;
import io.interlock.app.docker.client.ContainerInspectionReader;
import io.interlock.app.docker.client.ContainerPortReader;
import io.interlock.app.docker.json.JsonSelection;
import io.interlock.app.docker.labels.ContainerTextReader;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.FactSelection;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.PublishedPort;
import io.interlock.util.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads a container from the JSON of a swarm's task, with the same result as an inspect of the container on its node.
 * As lenient as {@link ContainerInspectionReader}.
 */
final class SwarmTaskReader {

    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);
    private static final String HOST = "host";

    private final String engineId;
    private final ContainerTextReader texts;

    /**
     * @param selected labels and variables to keep
     */
    SwarmTaskReader(String engineId, FactSelection selected) {
        this.engineId = engineId;
        this.texts = new ContainerTextReader(selected);
    }

    /** Returns what is read of a task. */
    static JsonSelection selection(ContainerTextReader texts) {
        JsonSelection network = members(Map.of(
                "ID",
                ALL,
                "Spec",
                members(Map.of("Name", ALL, "Ingress", ALL)),
                "DriverState",
                members(Map.of("Name", ALL))));
        JsonSelection container = members(Map.of(
                "Image",
                ALL,
                "Hostname",
                ALL,
                "StopSignal",
                ALL,
                "StopGracePeriod",
                ALL,
                "Env",
                texts.ofEnvironment(),
                "Labels",
                texts.ofLabels()));
        return SwarmTask.SELECTION.and(members(Map.of(
                "CreatedAt",
                ALL,
                "Slot",
                ALL,
                "Spec",
                members(Map.of("ContainerSpec", container)),
                "Status",
                members(Map.of(
                        "State",
                        ALL,
                        "ContainerStatus",
                        members(Map.of("ContainerID", ALL)),
                        "PortStatus",
                        members(Map.of("Ports", ALL)))),
                "NetworksAttachments",
                members(Map.of("Network", network, "Addresses", ALL)))));
    }

    /**
     * Reads a task.
     *
     * @param json the engine's JSON
     * @param node the node on which it runs, if known
     */
    ContainerInspection read(JsonNode json, SwarmService service, Optional<SwarmNode> node) {
        SwarmTask task = SwarmTask.read(json);
        JsonNode container = json.path("Spec").path("ContainerSpec");
        // The swarm never learns the end of a task that is being stopped on a lost node.
        boolean isLost = !task.desired() && node.filter(SwarmNode::down).isPresent();
        List<PublishedPort> onNode = ContainerPortReader.ofTask(
                portsOf(json),
                node.map(SwarmNode::address)
                        .filter(Inet6Address.class::isInstance)
                        .isPresent());
        // The node updates the task's state only after its cleanup, but releases the ports at the end of the process.
        boolean hasEnded = !task.desired() && service.hasHostModePorts() && onNode.isEmpty();
        return new ContainerInspection(
                task.runs() && !isLost && !hasEnded,
                facts(task, json, service, container, node, onNode),
                ContainerInspectionReader.stopSignal(
                        container.path("StopSignal").asText("")),
                grace(container.path("StopGracePeriod")),
                List.of(),
                Optional.of(new TaskRef(task.id(), task.serviceId())));
    }

    private ContainerFacts facts(
            SwarmTask task,
            JsonNode json,
            SwarmService service,
            JsonNode container,
            Optional<SwarmNode> node,
            List<PublishedPort> onNode) {
        // The time of the status may change while the task runs, so the creation counts. A task never runs twice.
        Instant created = ContainerInspectionReader.time(json.path("CreatedAt"));
        List<PublishedPort> published =
                Stream.concat(onNode.stream(), service.ports().stream()).toList();
        TaskPlaceholders template = template(task, json.path("Slot"), service, node);
        return new ContainerFacts(
                new ContainerKey(engineId, task.containerId()),
                name(task, json.path("Slot"), service),
                container.path("Image").asText(""),
                created,
                created,
                false,
                !task.desired(),
                Health.NONE,
                template.expand(container.path("Hostname").asText("")),
                "",
                ContainerTextReader.interlockData(container.path("Env")).map(template::expand),
                labels(container.path("Labels"), service),
                published.stream().map(PublishedPort::containerPort).toList(),
                published,
                isInHostsNetwork(json) ? HOST : "",
                networks(json),
                node.map(SwarmNode::address).or(() -> Optional.of(SwarmNode.NOWHERE)),
                service.excess().or(() -> ContainerTextReader.excess(container.path("Labels"), container.path("Env"))),
                // A task has the labels and variables of its service alone.
                Optional.of(Set.of()),
                environment(container.path("Env"), template));
    }

    private Map<String, String> environment(JsonNode variables, TaskPlaceholders template) {
        Map<String, String> expanded = new TreeMap<>();
        texts.environment(variables).forEach((name, value) -> expanded.put(name, template.expand(value)));
        return expanded;
    }

    private static JsonNode portsOf(JsonNode task) {
        return task.path("Status").path("PortStatus").path("Ports");
    }

    /** Returns the name that the engine gives the container. */
    private static String name(SwarmTask task, JsonNode slot, SwarmService service) {
        return service.name() + "." + place(task, slot) + "." + task.id();
    }

    /**
     * Returns the task's number. A task of a global service, which has one on each node, has none; its node's id
     * replaces it.
     */
    private static String place(SwarmTask task, JsonNode slot) {
        return slot.asLong() > 0 ? slot.asText() : task.nodeId();
    }

    private static TaskPlaceholders template(
            SwarmTask task, JsonNode slot, SwarmService service, Optional<SwarmNode> node) {
        Map<String, String> values = new TreeMap<>();
        values.put("Service.ID", task.serviceId());
        values.put("Service.Name", service.name());
        values.put("Node.ID", task.nodeId());
        values.put("Task.ID", task.id());
        values.put("Task.Name", name(task, slot, service));
        values.put("Task.Slot", place(task, slot));
        node.filter(on -> !on.hostName().isEmpty()).ifPresent(on -> values.put("Node.Hostname", on.hostName()));
        return new TaskPlaceholders(values);
    }

    /**
     * Returns the labels. Those of the service, which can change while its tasks run, override those of the container.
     */
    private Map<String, String> labels(JsonNode ofContainer, SwarmService service) {
        Map<String, String> labels = new TreeMap<>(texts.labels(ofContainer));
        labels.putAll(service.labels());
        return labels;
    }

    private static Duration grace(JsonNode nanoseconds) {
        return nanoseconds.canConvertToLong() && nanoseconds.asLong() >= 0
                ? Duration.ofNanos(nanoseconds.asLong())
                : DEFAULT_GRACE;
    }

    private static boolean isInHostsNetwork(JsonNode task) {
        return attachments(task).anyMatch(network -> HOST.equals(driver(network)));
    }

    private static List<NetworkAttachment> networks(JsonNode task) {
        return attachments(task)
                .filter(network ->
                        !network.path("Network").path("Spec").path("Ingress").asBoolean()
                                && !HOST.equals(driver(network)))
                .map(SwarmTaskReader::attachment)
                .toList();
    }

    private static Stream<JsonNode> attachments(JsonNode task) {
        return task.path("NetworksAttachments").valueStream();
    }

    private static String driver(JsonNode attachment) {
        return attachment.path("Network").path("DriverState").path("Name").asText("");
    }

    private static NetworkAttachment attachment(JsonNode json) {
        JsonNode network = json.path("Network");
        List<InetAddress> addresses = json.path("Addresses")
                .valueStream()
                .flatMap(address -> IpLiteral.parse(withoutPrefix(address.asText(""))).stream())
                .toList();
        return new NetworkAttachment(
                network.path("Spec").path("Name").asText(""),
                network.path("ID").asText(""),
                addresses.stream()
                        .filter(address -> !(address instanceof Inet6Address))
                        .findFirst(),
                addresses.stream().filter(Inet6Address.class::isInstance).findFirst());
    }

    private static String withoutPrefix(String address) {
        int slash = address.indexOf('/');
        return slash < 0 ? address : address.substring(0, slash);
    }
}
