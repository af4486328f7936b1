package io.interlock.app.docker.swarm;

import static io.interlock.app.docker.json.JsonSelection.ALL;
import static io.interlock.app.docker.json.JsonSelection.members;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.client.ContainerIdValidator;
import io.interlock.app.docker.json.JsonSelection;
import java.util.List;
import java.util.Map;

/**
 * State of a service's task, which represents one container from its request to its end.
 *
 * @param id the swarm's id of it
 * @param version differs with each change of the task
 * @param serviceId the swarm's id of its service
 * @param nodeId the swarm's id of the node that it runs on; empty if it has none yet
 * @param containerId the id that its container has on its node; empty if there is none yet
 * @param runs whether its container runs, and is healthy if it has a health check
 * @param desired whether the task is meant to run; otherwise it is being stopped
 */
record SwarmTask(
        String id, long version, String serviceId, String nodeId, String containerId, boolean runs, boolean desired) {

    /** Desired states of a task that is meant to run. The desired state of a job's task is {@code complete}. */
    static final List<String> WANTED = List.of("running", "complete");

    /** What is read of a task in a list. */
    static final JsonSelection SELECTION = members(Map.of(
            "ID",
            ALL,
            "Version",
            members(Map.of("Index", ALL)),
            "ServiceID",
            ALL,
            "NodeID",
            ALL,
            "DesiredState",
            ALL,
            "Status",
            members(Map.of("State", ALL, "ContainerStatus", members(Map.of("ContainerID", ALL))))));

    /** Reads the engine's JSON of a task. */
    static SwarmTask read(JsonNode task) {
        JsonNode status = task.path("Status");
        String container = status.path("ContainerStatus").path("ContainerID").asText("");
        boolean hasContainer = ContainerIdValidator.isValid(container);
        return new SwarmTask(
                task.path("ID").asText(""),
                task.path("Version").path("Index").asLong(),
                task.path("ServiceID").asText(""),
                task.path("NodeID").asText(""),
                hasContainer ? container : "",
                hasContainer && "running".equals(status.path("State").asText("")),
                WANTED.contains(task.path("DesiredState").asText("")));
    }
}
