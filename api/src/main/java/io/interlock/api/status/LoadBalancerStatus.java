package io.interlock.api.status;

import io.interlock.api.Experimental;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.api.loadbalancer.ReloadReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One load balancer, as its host sees it.
 *
 * @param pluginId which plugin it is of
 * @param type what it is: {@code haproxy}
 * @param port its HTTP listener's TCP port
 * @param state how far it is
 * @param reason why it is in this state, for people; empty if all is well
 * @param servedRevision the latest topology that it is proven to serve; empty before the first
 * @param servedSince since when it serves that revision
 * @param lastApply the latest apply; empty before the first
 * @param applies how often what came of an apply, in the order of {@link Outcome}; those that never came are missing
 * @param reloads how often the proxy was reloaded for which cause, in the order of {@link ReloadCause}; those that never came are
 *     missing
 * @param omissions what it leaves out of what it serves
 */
@Experimental
public record LoadBalancerStatus(
        String pluginId,
        String type,
        int port,
        State state,
        String reason,
        OptionalLong servedRevision,
        Optional<Instant> servedSince,
        Optional<Apply> lastApply,
        List<Tally> applies,
        List<ReloadTally> reloads,
        List<Omission> omissions) {

    /** How far a load balancer is. */
    public enum State {
        /** It has not applied anything yet. */
        OPENING,
        /** It serves the latest topology. */
        SERVING,
        /** It serves an earlier topology, and works on the latest. */
        BEHIND,
        /** It serves an earlier topology, if any, because the last apply failed or was rejected. */
        FAILING,
        /** It cannot be used. */
        UNUSABLE
    }

    /** What came of an apply. */
    public enum Outcome {
        /** Told to the running proxy. */
        RUNTIME,
        /** The proxy loaded its configuration anew. */
        RELOAD,
        /** The proxy was started. */
        START,
        /** The proxy served it already. */
        UNCHANGED,
        /** The proxy will not take it. */
        REJECTED,
        /** It did not work this time. */
        FAILED
    }

    /**
     * One apply.
     *
     * @param at when it ended
     * @param revision of the topology
     * @param outcome what came of it
     * @param took how long the call took
     * @param detail why it failed or was rejected, for people; else empty
     * @param reloadReason why the proxy was reloaded, if it was and the load balancer says why
     */
    public record Apply(
            Instant at,
            long revision,
            Outcome outcome,
            Duration took,
            String detail,
            Optional<ReloadReason> reloadReason) {}

    /**
     * Applies with the same outcome.
     *
     * @param outcome what came of them
     * @param count how many, since Interlock was started
     * @param total how long they took together
     */
    public record Tally(Outcome outcome, long count, Duration total) {}

    /**
     * Reloads with the same cause.
     *
     * @param cause why
     * @param count how many took, since Interlock was started
     */
    public record ReloadTally(ReloadCause cause, long count) {}

    public LoadBalancerStatus {
        applies = List.copyOf(applies);
        reloads = List.copyOf(reloads);
        omissions = List.copyOf(omissions);
    }
}
