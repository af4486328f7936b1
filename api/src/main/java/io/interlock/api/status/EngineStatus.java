package io.interlock.api.status;

import io.interlock.api.Experimental;
import java.time.Instant;
import java.util.Optional;

/**
 * Status of a Docker engine.
 *
 * @param id the engine's id in the configuration, or {@link #SERVICES}
 * @param address its address, without credentials
 * @param state whether it can be reached
 * @param since start of this state; empty while it is {@link State#UNKNOWN}
 * @param reason why it cannot be reached; empty if it can, or before the first attempt
 * @param containers number of its running containers, as last known
 * @param intake counters of the requests to it
 */
@Experimental
public record EngineStatus(
        String id,
        String address,
        State state,
        Optional<Instant> since,
        Optional<String> reason,
        int containers,
        Intake intake) {

    /** The id of the engine that stands for servers in files of the operator; no engine can be configured with it. */
    public static final String SERVICES = "@services";

    /** Whether it is an engine, and not the one that stands for servers in files. */
    public boolean runsContainers() {
        return !id.equals(SERVICES);
    }

    /** Whether an engine can be reached. */
    public enum State {
        /** Its events arrive. */
        CONNECTED,
        /** It was reached before. Its last known containers are still served, and may be stale. */
        UNREACHABLE,
        /**
         * It was not reached since Interlock's start, so its containers are unknown. If a proxy still ran at the start,
         * those that it served are still served.
         */
        UNKNOWN
    }

    /**
     * Counters of the events from an engine and the requests to it, since Interlock was started; they only grow.
     *
     * @param events received events
     * @param eventInspects inspects because of events
     * @param otherInspects inspects for other reasons
     * @param resyncs lists of all containers
     * @param connects connections
     */
    public record Intake(long events, long eventInspects, long otherInspects, long resyncs, long connects) {}
}
