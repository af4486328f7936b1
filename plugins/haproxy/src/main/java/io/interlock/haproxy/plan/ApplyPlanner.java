package io.interlock.haproxy.plan;

import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.HaproxyFeature;
import io.interlock.haproxy.model.HaproxyVersion;
import java.util.List;
import java.util.Optional;

/** Decides which actions an apply needs. Pure. */
public final class ApplyPlanner {

    /** Share of free spare backends of one declaration below which an idle reload declares new ones. */
    private static final int FEW_SPARES_PERCENT = 25;

    private static final int PERCENT = 100;

    private static final int MOST_STEPS = 50_000;
    private static final int FEW_SEARCHES = 200;
    /** About a second. */
    private static final long MOST_LINES_PASSED = 40_000_000;

    private ApplyPlanner() {}

    /** The plan that leads from the running state to the desired one. */
    public static ApplyPlan plan(RunState running, DesiredConfig desired) {
        return switch (running) {
            case RunState.Stopped() -> new ApplyPlan.Start();
            case RunState.Unknown(String reason) -> reload(ReloadCause.UNKNOWN_STATE, reason);
            case RunState.Damaged(String damage) -> reload(ReloadCause.DAMAGED_PROXY, damage);
            case RunState.Known(ProxyState served) -> plan(served, desired);
        };
    }

    /**
     * The steps of the plan for a subset of a desired configuration, without a reload.
     *
     * @return empty if only a reload leads to it
     */
    public static Optional<ApplyPlan.Steps> stepsTo(ProxyState served, DesiredConfig subset) {
        return plan(served, subset) instanceof ApplyPlan.Steps steps ? Optional.of(steps) : Optional.empty();
    }

    /**
     * Why a reload is useful when nothing changes: it declares spare backends again before none are left, or has servers share
     * connections.
     */
    public static Optional<ReloadCause> quietReload(ProxyState served, HaproxyVersion version) {
        PlaceRegistry places = served.registry();
        if (places.spares().entrySet().stream()
                .anyMatch(alike ->
                        places.freeSpares(alike.getKey()).size() * PERCENT < alike.getValue() * FEW_SPARES_PERCENT)) {
            return Optional.of(ReloadCause.FEW_SPARE_BACKENDS);
        }
        return !version.has(HaproxyFeature.HTTP2_OF_ADDED_SERVERS) && served.hasAddedHttp2Server()
                ? Optional.of(ReloadCause.UNSHARED_CONNECTIONS)
                : Optional.empty();
    }

    /**
     * Whether the worker would take longer for the lines of maps than for a reload. To delete or set a line, HAProxy 2.6
     * passes through the map, at about 25 ns for each line.
     */
    private static boolean isLarge(List<RuntimeStep> steps, DesiredConfig desired) {
        if (steps.size() > MOST_STEPS) {
            return true;
        }
        long searches = steps.stream()
                .filter(step -> !(step instanceof RuntimeStep.AddEntry))
                .count();
        if (searches < FEW_SEARCHES) {
            return false;
        }
        long entries = searches
                + desired.hosts().stream()
                        .mapToLong(host -> host.entries().size())
                        .sum();
        return searches * entries > MOST_LINES_PASSED;
    }

    private static ApplyPlan reload(ReloadCause cause, String detail) {
        return new ApplyPlan.Reload(new ReloadReason(cause, detail));
    }

    private static ApplyPlan plan(ProxyState served, DesiredConfig desired) {
        if (!served.frame().covers(desired.frame())) {
            return reload(ReloadCause.CONFIGURATION_CHANGED, "");
        }
        if (served.applied().equals(desired)) {
            return new ApplyPlan.Nothing();
        }
        ServerStepPlanner servers = new ServerStepPlanner(served);
        servers.plan(desired);
        if (servers.obstacle().isPresent()) {
            return new ApplyPlan.Reload(servers.obstacle().get());
        }
        MapStepPlanner entries = new MapStepPlanner(served, servers.places());
        entries.plan(desired);
        CertificateStepPlanner certificates = new CertificateStepPlanner();
        certificates.plan(served, desired);
        if (certificates.obstacle().isPresent()) {
            return new ApplyPlan.Reload(certificates.obstacle().get());
        }
        if (isLarge(entries.steps(), desired)) {
            return reload(ReloadCause.LARGE_CHANGE, entries.steps().size() + " names and routes");
        }
        StepOrder order = new StepOrder(servers.steps(), entries.steps(), certificates.steps());
        return new ApplyPlan.Steps(order.steps(), servers.places());
    }
}
