package io.interlock.app.docker.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.client.ContainerInspectionReader;
import io.interlock.app.docker.client.ContainerPortReader;
import io.interlock.app.inventory.PublishedPort;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Service of a swarm.
 *
 * @param id the swarm's id of it
 * @param name its configured name
 * @param labels Interlock's own labels and the further ones to keep
 * @param ports ports that every node listens on for it
 * @param hasHostModePorts whether it has ports that only the node of each task listens on
 * @param updating whether its tasks are being replaced
 */
record SwarmService(
        String id,
        String name,
        Map<String, String> labels,
        List<PublishedPort> ports,
        boolean hasHostModePorts,
        boolean updating) {

    SwarmService {
        labels = Map.copyOf(labels);
        ports = List.copyOf(ports);
    }

    /**
     * Reads the engine's JSON of a service.
     *
     * @param moreLabels labels to keep in addition to Interlock's own
     */
    static SwarmService read(JsonNode service, Set<String> moreLabels) {
        JsonNode spec = service.path("Spec");
        return new SwarmService(
                service.path("ID").asText(""),
                spec.path("Name").asText(""),
                ContainerInspectionReader.labels(spec.path("Labels"), moreLabels),
                ContainerPortReader.ofService(service.path("Endpoint").path("Ports")),
                spec.path("EndpointSpec")
                        .path("Ports")
                        .valueStream()
                        .anyMatch(port -> ContainerPortReader.ON_NODE.equals(
                                port.path("PublishMode").asText(""))),
                "updating".equals(service.path("UpdateStatus").path("State").asText("")));
    }

    /** Returns the same service without the state of its update. */
    SwarmService settled() {
        return new SwarmService(id, name, labels, ports, hasHostModePorts, false);
    }
}
