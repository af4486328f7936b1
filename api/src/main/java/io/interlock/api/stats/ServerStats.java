package io.interlock.api.stats;

import io.interlock.api.Experimental;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Statistics and state of a server.
 *
 * @param name the server's name in the topology
 * @param state the state that the proxy reports
 * @param check result of the last health check; empty if the server has not been checked
 * @param sinceChange time since the last change of the state
 * @param downtime total time in state down
 * @param weight share of requests, relative to the other servers; 0: none
 * @param traffic traffic of this server
 */
@Experimental
public record ServerStats(
        String name,
        State state,
        Optional<Check> check,
        Optional<Duration> sinceChange,
        Optional<Duration> downtime,
        OptionalInt weight,
        TrafficStats traffic) {

    /** State of a server as the proxy reports it. */
    public enum State {
        /** Takes requests. */
        UP,
        /** Takes requests and has no health check. */
        UNCHECKED,
        /** Finishes its requests and takes no new ones. */
        DRAINING,
        /** Its health check fails, or none has passed yet. */
        DOWN,
        /** Out of service by a command. */
        MAINTENANCE,
        /** The proxy reports another state. */
        UNKNOWN
    }

    /**
     * Result of a health check.
     *
     * @param result the proxy's own code: {@code L7OK}, {@code L4CON}
     * @param code the server's answer, for example an HTTP status
     * @param took duration of the check
     * @param detail more, in the proxy's or the server's words; untrusted, on one line
     */
    public record Check(String result, OptionalInt code, Optional<Duration> took, Optional<String> detail) {}
}
