package io.interlock.app.status;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.Rejected;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.api.status.LoadBalancerStatus;
import io.interlock.api.status.LoadBalancerStatus.Apply;
import io.interlock.api.status.LoadBalancerStatus.Outcome;
import io.interlock.api.status.LoadBalancerStatus.ReloadTally;
import io.interlock.api.status.LoadBalancerStatus.State;
import io.interlock.api.status.LoadBalancerStatus.Tally;
import io.interlock.app.plugin.PluginReport;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What came of a load balancer's applies so far.
 *
 * @param pluginId whose it is
 * @param port its listener's
 * @param served the latest revision that it is proven to serve
 * @param servedSince since when
 * @param last the latest apply
 * @param tallies by outcome
 * @param reloads by cause
 * @param omissions of what it serves
 */
record ApplyHistory(
        String pluginId,
        int port,
        OptionalLong served,
        Optional<Instant> servedSince,
        Optional<Apply> last,
        Map<Outcome, Tally> tallies,
        Map<ReloadCause, ReloadTally> reloads,
        List<Omission> omissions) {

    static ApplyHistory opening(String pluginId, int port) {
        return new ApplyHistory(
                pluginId,
                port,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of());
    }

    /** Returns the same at another port. */
    ApplyHistory at(int otherPort) {
        return new ApplyHistory(pluginId, otherPort, served, servedSince, last, tallies, reloads, omissions);
    }

    ApplyHistory applied(Instant at, long revision, ApplyResult result, Duration took) {
        Apply apply = new Apply(at, revision, outcome(result), took, detail(result), reloadReason(result));
        boolean taken = result instanceof Applied || result instanceof Unchanged;
        boolean another = taken && !served.equals(OptionalLong.of(revision));
        return new ApplyHistory(
                pluginId,
                port,
                taken ? OptionalLong.of(revision) : served,
                another ? Optional.of(at) : servedSince,
                Optional.of(apply),
                counted(apply),
                reloads(apply),
                taken ? omissions(result) : omissions);
    }

    private Map<Outcome, Tally> counted(Apply apply) {
        Map<Outcome, Tally> counted = new EnumMap<>(Outcome.class);
        counted.putAll(tallies);
        counted.merge(
                apply.outcome(),
                new Tally(apply.outcome(), 1, apply.took()),
                (one, other) -> new Tally(
                        one.outcome(), one.count() + other.count(), one.total().plus(other.total())));
        return counted;
    }

    private Map<ReloadCause, ReloadTally> reloads(Apply apply) {
        if (apply.reloadReason().isEmpty()) {
            return reloads;
        }
        Map<ReloadCause, ReloadTally> counted = new EnumMap<>(ReloadCause.class);
        counted.putAll(reloads);
        counted.merge(
                apply.reloadReason().get().cause(),
                new ReloadTally(apply.reloadReason().get().cause(), 1),
                (one, other) -> new ReloadTally(one.cause(), one.count() + other.count()));
        return counted;
    }

    private static Optional<ReloadReason> reloadReason(ApplyResult result) {
        return result instanceof Applied applied ? applied.reloadReason() : Optional.empty();
    }

    private static Outcome outcome(ApplyResult result) {
        return switch (result) {
            case Applied applied ->
                switch (applied.how()) {
                    case RUNTIME -> Outcome.RUNTIME;
                    case RELOAD -> Outcome.RELOAD;
                    case START -> Outcome.START;
                };
            case Unchanged unchanged -> Outcome.UNCHANGED;
            case Rejected rejected -> Outcome.REJECTED;
            case Failed failed -> Outcome.FAILED;
        };
    }

    private static String detail(ApplyResult result) {
        return switch (result) {
            case Applied applied -> "";
            case Unchanged unchanged -> "";
            case Rejected rejected -> rejected.reason();
            case Failed failed -> failed.reason();
        };
    }

    private static List<Omission> omissions(ApplyResult result) {
        return switch (result) {
            case Applied applied -> applied.omissions();
            case Unchanged unchanged -> unchanged.omissions();
            case Rejected rejected -> List.of();
            case Failed failed -> List.of();
        };
    }

    /**
     * How far it is.
     *
     * @param reports what is known of its plugin, in several versions perhaps
     * @param desired the latest revision that it was asked to serve
     */
    LoadBalancerStatus status(List<PluginReport> reports, long desired) {
        State state = state(reports, desired);
        String reason = switch (state) {
            case UNUSABLE -> used(reports).getFirst().detail();
            case FAILING -> last.map(Apply::detail).orElse("");
            case OPENING, SERVING, BEHIND -> "";
        };
        return new LoadBalancerStatus(
                pluginId,
                reports.stream()
                        .flatMap(report -> report.type().stream())
                        .findFirst()
                        .orElse(""),
                port,
                state,
                reason,
                served,
                servedSince,
                last,
                List.copyOf(tallies.values()),
                List.copyOf(reloads.values()),
                omissions);
    }

    private static List<PluginReport> used(List<PluginReport> reports) {
        return reports.stream()
                .filter(report -> report.state() != PluginReport.State.SUPERSEDED)
                .toList();
    }

    private State state(List<PluginReport> reports, long desired) {
        List<PluginReport> used = used(reports);
        if (!used.isEmpty() && used.stream().allMatch(report -> report.state() == PluginReport.State.UNUSABLE)) {
            return State.UNUSABLE;
        }
        if (last.isEmpty()) {
            return State.OPENING;
        }
        return switch (last.get().outcome()) {
            case REJECTED, FAILED -> State.FAILING;
            case RUNTIME, RELOAD, START, UNCHANGED -> last.get().revision() == desired ? State.SERVING : State.BEHIND;
        };
    }
}
