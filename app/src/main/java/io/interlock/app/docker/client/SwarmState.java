package io.interlock.app.docker.client;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether an engine manages a swarm. */
public enum SwarmState {
    /** It is in no swarm, or a worker, or does not let itself be asked. */
    NONE,
    MANAGER,
    /** It may be a manager that does not know its swarm now: locked since its restart, starting, or failed. */
    UNAVAILABLE;

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
