package io.interlock.app.docker.client;

import java.time.Instant;

/**
 * A hint from an engine that something about a container may have changed.
 *
 * @param kind what it can mean
 * @param containerId the engine's full id of the container; empty if {@link Kind#NODE}
 * @param at when it happened, by the engine's clock; the epoch if the engine did not say
 * @param signal the signal that was sent, as a number or a name; empty unless {@link Kind#KILLED}
 */
public record EngineEvent(Kind kind, String containerId, Instant at, String signal) {

    public enum Kind {
        /** It was started. */
        STARTED,
        /** Something about it changed: paused, renamed, updated, its health. */
        CHANGED,
        /** It was attached to a network or detached from one; matters only while it runs. */
        NETWORK,
        /** It got a signal. */
        KILLED,
        /** It ended. */
        ENDED,
        /** A node of the engine's swarm changed, or the engine became a manager of one; no container's event. */
        NODE
    }
}
