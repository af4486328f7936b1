package io.interlock.api.status;

import io.interlock.api.Experimental;
import java.time.Instant;
import java.util.Optional;

/**
 * Event in a running Interlock.
 *
 * @param sequence number of the event since Interlock was started, from 1; a gap means that events were missed
 * @param at when Interlock noticed it
 * @param kind what happened
 * @param subject the name of the container, engine or plugin that it concerns
 * @param container the container as {@code ENGINE/ID}; empty if the event concerns none
 * @param backendName the backend; empty if the event concerns none
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

    /** Kind of event. */
    public enum Kind {
        ENGINE_CONNECTED,
        ENGINE_LOST,
        /** A container became a server of a backend. */
        SERVER_ADDED,
        /** A server no longer takes new requests. */
        SERVER_DRAINING,
        /** A container is no longer a server of a backend. */
        SERVER_REMOVED,
        /** A problem began: something is not as requested. */
        PROBLEM,
        /** A container asked for a name or something else to which its owner has no right. */
        CLAIM_REFUSED,
        /** A problem ended. */
        PROBLEM_SOLVED,
        /** A load balancer serves a topology. */
        APPLIED,
        /** A load balancer could not serve a topology, or rejected it. */
        NOT_APPLIED,
        /** A plugin appeared, disappeared or changed its state. */
        PLUGIN,
        /** The configuration was read again, and changed or refused. */
        CONFIGURATION
    }
}
