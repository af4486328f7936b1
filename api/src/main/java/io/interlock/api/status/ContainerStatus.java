package io.interlock.api.status;

import io.interlock.api.Experimental;
import java.time.Instant;
import java.util.List;

/**
 * One container that runs.
 *
 * @param engineId which engine runs it
 * @param id the engine's full id of it
 * @param name its name; printable
 * @param image what it was made from, as it was named then; printable; empty if the engine did not say
 * @param startedAt when it was last started
 * @param outcome what became of it
 * @param reason a word for why it is not served, one of a fixed few: {@code hostname}, {@code port}, {@code network},
 *     {@code data}, {@code state}, {@code health}, {@code listening}, {@code other}; empty if it is served
 * @param backendNames the backends that it is a server of
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

    /** What became of a container. */
    public enum Outcome {
        SERVED,
        /** Finishes what it has, because it is about to stop. */
        DRAINING,
        /** Not served yet, because its process does not listen yet. */
        STARTING,
        /** Not served for the time being, because of the state that it is in. */
        WAITING,
        /** Asked to be served and cannot be. */
        LEFT_OUT,
        /** Never asked to be served. */
        NOT_ADDRESSED
    }

    public ContainerStatus {
        backendNames = List.copyOf(backendNames);
    }

    /** The id that load balancers know it by: {@link io.interlock.api.topology.Server#id()}. */
    public String serverId() {
        return engineId + "/" + id;
    }
}
