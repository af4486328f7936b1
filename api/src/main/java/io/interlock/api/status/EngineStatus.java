package io.interlock.api.status;

import io.interlock.api.Experimental;
import java.time.Instant;
import java.util.Optional;

/**
 * One Docker engine.
 *
 * @param id as in the configuration
 * @param address where it is, without credentials
 * @param state how it can be reached
 * @param since since when; empty while it is {@link State#UNKNOWN}
 * @param reason why it cannot be reached; empty if it can, or nobody has tried yet
 * @param containers how many of its containers run, as last known
 * @param intake what watching it has cost
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

    /** How an engine can be reached. */
    public enum State {
        /** Its events arrive. */
        CONNECTED,
        /** It was reached before; its last known containers are still served, and may be stale. */
        UNREACHABLE,
        /** It was never reached: what it runs is not known. */
        UNKNOWN
    }

    /**
     * What watching an engine has cost since Interlock was started; counts only grow.
     *
     * @param events received
     * @param eventInspects inspects because of events
     * @param otherInspects inspects for other reasons
     * @param resyncs lists of all containers
     * @param connects connections
     */
    public record Intake(long events, long eventInspects, long otherInspects, long resyncs, long connects) {}
}
