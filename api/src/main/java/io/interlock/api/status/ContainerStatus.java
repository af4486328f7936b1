package io.interlock.api.status;

import io.interlock.api.Experimental;
import java.time.Instant;
import java.util.List;

/**
 * Status of a running container.
 *
 * @param engineId the engine that runs it
 * @param id the engine's full id of it
 * @param name its name; printable
 * @param image name of its image at its creation; printable; empty if the engine does not report it
 * @param startedAt when it was last started
 * @param outcome whether it is served
 * @param reason why it is not served, as one word of a fixed set: {@code hostname}, {@code port}, {@code network},
 *     {@code data}, {@code state}, {@code health}, {@code listening}, {@code other}; empty if it is served
 * @param backendNames the backends of which it is a server
 */
@Experimental
public record ContainerStatus(
        String engineId,
        String id,
        String name,
        String image,
        Instant startedAt,
        Outcome outcome,
        String reason,
        List<String> backendNames) {

    /** Whether a container is served. */
    public enum Outcome {
        SERVED,
        /** Finishes its requests, because it is about to stop. */
        DRAINING,
        /** Not served yet, because its process does not listen yet. */
        STARTING,
        /** Temporarily not served, because of its state. */
        WAITING,
        /** Asks to be served and cannot be. */
        LEFT_OUT,
        /** Does not ask to be served. */
        NOT_ADDRESSED
    }

    public ContainerStatus {
        backendNames = List.copyOf(backendNames);
    }

    /** Returns the id of the container in topologies: {@link io.interlock.api.topology.Server#id()}. */
    public String serverId() {
        return engineId + "/" + id;
    }
}
