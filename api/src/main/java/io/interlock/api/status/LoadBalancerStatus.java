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
 * Status of a load balancer, as its host sees it.
 *
 * @param pluginId the plugin that it belongs to
 * @param type its type: {@code haproxy}
 * @param port its HTTP listener's TCP port
 * @param state its state
 * @param reason why it is in this state, for people; empty if all is well
 * @param servedRevision the latest topology that it is proven to serve; empty before the first
 * @param servedSince when it began to serve that revision
 * @param lastApply the latest apply; empty before the first
 * @param applies counts of applies by outcome, in the order of {@link Outcome}; outcomes that never occurred are
 *     missing
 * @param reloads counts of reloads by cause, in the order of {@link ReloadCause}; causes that never occurred are
 *     missing
 * @param omissions what it currently leaves out of the topology
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

    /** State of a load balancer. */
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

    /** Result of an apply. */
    public enum Outcome {
        /** The running proxy was changed. */
        RUNTIME,
        /** The proxy loaded its configuration again. */
        RELOAD,
        /** The proxy was started. */
        START,
        /** The proxy already served the topology. */
        UNCHANGED,
        /** The proxy does not accept the topology. */
        REJECTED,
        /** The apply failed this time. */
        FAILED
    }

    /**
     * One apply.
     *
     * @param at when it ended
     * @param revision revision of the topology
     * @param outcome its result
     * @param took duration of the call
     * @param detail why it failed or was rejected, for people; else empty
     * @param reloadReason why the proxy was reloaded; empty if it was not, or if the load balancer does not tell
     */
    public record Apply(
            Instant at,
            long revision,
            Outcome outcome,
            Duration took,
            String detail,
            Optional<ReloadReason> reloadReason) {}

    /**
     * Count of applies with the same outcome.
     *
     * @param outcome their outcome
     * @param count number of applies since Interlock was started
     * @param total sum of their durations
     */
    public record Tally(Outcome outcome, long count, Duration total) {}

    /**
     * Count of reloads with the same cause.
     *
     * @param cause their cause
     * @param count number of successful reloads since Interlock was started
     */
    public record ReloadTally(ReloadCause cause, long count) {}

    public LoadBalancerStatus {
        applies = List.copyOf(applies);
        reloads = List.copyOf(reloads);
        omissions = List.copyOf(omissions);
    }
}
