package io.interlock.app.docker.client;

import static io.interlock.app.docker.json.JsonSelection.ALL;
import static io.interlock.app.docker.json.JsonSelection.members;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.json.JsonSelection;
import java.util.Map;

/** Role of an engine in a swarm. */
public enum SwarmState {
    /** The engine is in no swarm, is a worker, or rejects the request. */
    NONE,
    MANAGER,
    /**
     * The engine may be a manager that does not know its swarm now: it is locked since its restart, is starting, or has
     * failed.
     */
    UNAVAILABLE;

    /** What is read of the engine's JSON of {@code /info}. */
    static final JsonSelection SELECTION =
            members(Map.of("Swarm", members(Map.of("ControlAvailable", ALL, "LocalNodeState", ALL))));

    /** Reads the engine's JSON of {@code /info}. */
    static SwarmState read(JsonNode info) {
        JsonNode swarm = info.path("Swarm");
        if (swarm.path("ControlAvailable").asBoolean()) {
            return MANAGER;
        }
        return switch (swarm.path("LocalNodeState").asText("")) {
            case "locked", "pending", "error" -> UNAVAILABLE;
            default -> NONE;
        };
    }
}
