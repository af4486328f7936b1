package io.interlock.api.status;

import io.interlock.api.Experimental;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened.
 *
 * @param sequence counts events since Interlock was started, from 1; who sees a gap has missed some
 * @param at when it was noticed
 * @param kind what happened
 * @param subject what it happened to: a container's, engine's or plugin's name
 * @param container the container, if it is one: {@code ENGINE/ID}
 * @param backendName the backend, if it is one
 * @param text more, for people, on one line; may be empty
 */
@Experimental
public record InterlockEvent(
        long sequence,
        Instant at,
        Kind kind,
        String subject,
        Optional<String> container,
        Optional<String> backendName,
        String text) {

    /** What can happen. */
    public enum Kind {
        ENGINE_CONNECTED,
        ENGINE_LOST,
        /** A container became a server of a backend. */
        SERVER_ADDED,
        /** A server takes nothing new from now on. */
        SERVER_DRAINING,
        /** A container is no server of a backend any more. */
        SERVER_REMOVED,
        /** Something is not as it was asked for. */
        PROBLEM,
        /** A problem is over. */
        PROBLEM_SOLVED,
        /** A load balancer serves a topology. */
        APPLIED,
        /** A load balancer could not, or will not, serve a topology. */
        NOT_APPLIED,
        /** A plugin came, went or changed its state. */
        PLUGIN
    }
}
