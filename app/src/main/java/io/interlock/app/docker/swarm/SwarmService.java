package io.interlock.app.docker.swarm;

import static io.interlock.app.docker.json.JsonSelection.ALL;
import static io.interlock.app.docker.json.JsonSelection.members;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.interlock.app.docker.client.ContainerPortReader;
import io.interlock.app.docker.json.JsonSelection;
import io.interlock.app.docker.labels.ContainerTextReader;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.PublishedPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Service of a swarm.
 *
 * @param id the swarm's id of it
 * @param name its configured name
 * @param labels Interlock's own labels and the further ones to keep
 * @param ports ports that every node listens on for it
 * @param hasHostModePorts whether it has ports that only the node of each task listens on
 * @param updating whether its tasks are being replaced
 * @param excess which of its data is too long to be read; empty if all was read
 */
record SwarmService(
        String id,
        String name,
        Map<String, String> labels,
        List<PublishedPort> ports,
        boolean hasHostModePorts,
        boolean updating,
        Optional<String> excess) {

    SwarmService {
        labels = Map.copyOf(labels);
        ports = List.copyOf(ports);
    }

    /** Returns what is read of a service. */
    static JsonSelection selection(ContainerTextReader texts) {
        JsonSelection ports =
                members(Map.of("Protocol", ALL, "PublishMode", ALL, "TargetPort", ALL, "PublishedPort", ALL));
        return members(Map.of(
                "ID",
                ALL,
                "Spec",
                members(Map.of(
                        "Name", ALL, "Labels", texts.ofLabels(), "EndpointSpec", members(Map.of("Ports", ports)))),
                "Endpoint",
                members(Map.of("Ports", ports)),
                "UpdateStatus",
                members(Map.of("State", ALL))));
    }

    /**
     * Reads the engine's JSON of a service.
     *
     * @param texts reads the labels
     */
    static SwarmService read(JsonNode service, ContainerTextReader texts) {
        JsonNode spec = service.path("Spec");
        return new SwarmService(
                service.path("ID").asText(""),
                spec.path("Name").asText(""),
                texts.labels(spec.path("Labels")),
                ContainerPortReader.ofService(service.path("Endpoint").path("Ports")),
                spec.path("EndpointSpec")
                        .path("Ports")
                        .valueStream()
                        .anyMatch(port -> ContainerPortReader.ON_NODE.equals(
                                port.path("PublishMode").asText(""))),
                "updating".equals(service.path("UpdateStatus").path("State").asText("")),
                ContainerTextReader.excess(spec.path("Labels"), MissingNode.getInstance()));
    }

    /** Returns the approximate size in memory, in characters. */
    long size() {
        return ContainerFacts.BASE_SIZE
                + name.length()
                + labels.entrySet().stream()
                        .mapToLong(label ->
                                label.getKey().length() + label.getValue().length())
                        .sum();
    }

    /** Returns the same service without the state of its update. */
    SwarmService settled() {
        return new SwarmService(id, name, labels, ports, hasHostModePorts, false, excess);
    }
}
