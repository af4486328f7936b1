package io.interlock.app.docker.client;

import java.time.Instant;

/**
 * Hint from an engine that a container may have changed.
 *
 * @param kind the kind of change
 * @param containerId the engine's full id of the container; empty if {@link Kind#NODE}
 * @param at when it happened, by the engine's clock; the epoch if the engine did not say
 * @param signal the signal that was sent, as a number or a name; empty unless {@link Kind#KILLED}
 */
public record EngineEvent(Kind kind, String containerId, Instant at, String signal) {

    public enum Kind {
        /** The container was started. */
        STARTED,
        /** The container changed: it was paused, renamed or updated, or its health changed. */
        CHANGED,
        /** The container was attached to a network or detached from one; matters only while it runs. */
        NETWORK,
        /** The container got a signal. */
        KILLED,
        /** The container ended. */
        ENDED,
        /**
         * A node of the engine's swarm changed, or the engine became a manager of a swarm. Not an event of a container.
         */
        NODE
    }
}
