package io.interlock.api.stats;

import io.interlock.api.Experimental;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a server did and how it is.
 *
 * @param name as in the topology
 * @param state how the proxy sees it
 * @param check what the last health check found; empty if it has not been checked
 * @param sinceChange how long it has been in this state
 * @param downtime how long it has been down in all
 * @param weight its share of requests, relative to the other servers; 0: none
 * @param traffic what went to it
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

    /** How a proxy sees a server. */
    public enum State {
        /** Takes requests. */
        UP,
        /** Takes requests; nobody checks it. */
        UNCHECKED,
        /** Finishes what it has. */
        DRAINING,
        /** Its health check fails, or none has passed yet. */
        DOWN,
        /** Out of service because somebody said so. */
        MAINTENANCE,
        /** The proxy says something else. */
        UNKNOWN
    }

    /**
     * What a health check found.
     *
     * @param result the proxy's own word: {@code L7OK}, {@code L4CON}
     * @param code what the server answered: an HTTP status, say
     * @param took how long it took
     * @param detail more, in the proxy's or the server's words; untrusted, on one line
     */
    public record Check(String result, OptionalInt code, Optional<Duration> took, Optional<String> detail) {}
}
