package io.interlock.haproxy.plan;

import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.api.loadbalancer.ReloadReason;

/** Finds out what is to be done. Pure. */
public final class Planner {

    /** Below this share of its spare backends for one declaration HAProxy is to get new ones, when there is time. */
    private static final int FEW_SPARES_PERCENT = 25;

    private static final int PERCENT = 100;

    private Planner() {}

    /** The plan that leads from what runs to what is wanted. */
    public static Plan plan(Running running, Wanted wanted) {
        return switch (running) {
            case Running.Stopped() -> new Plan.Start();
            case Running.Unknown(String reason) -> reload(ReloadCause.UNKNOWN_STATE, reason);
            case Running.Damaged(String damage) -> reload(ReloadCause.DAMAGED_PROXY, damage);
            case Running.Known(Served served) -> plan(served, wanted);
        };
    }

    /** Whether a reload should declare spare backends anew before they run out. */
    public static boolean wantsSpares(Served served) {
        return served.spares().entrySet().stream()
                .anyMatch(alike ->
                        served.freeSpares(alike.getKey()).size() * PERCENT < alike.getValue() * FEW_SPARES_PERCENT);
    }

    private static Plan reload(ReloadCause cause, String detail) {
        return new Plan.Reload(new ReloadReason(cause, detail));
    }

    private static Plan plan(Served served, Wanted wanted) {
        if (!served.frame().covers(wanted.frame())) {
            return reload(ReloadCause.CONFIGURATION_CHANGED, "");
        }
        if (served.applied().equals(wanted)) {
            return new Plan.Nothing();
        }
        ServerPlanning servers = new ServerPlanning(served);
        servers.plan(wanted);
        if (servers.obstacle().isPresent()) {
            return new Plan.Reload(servers.obstacle().get());
        }
        EntryPlanning entries = new EntryPlanning(served, servers.places());
        entries.plan(wanted);
        CertificatePlanning certificates = new CertificatePlanning();
        certificates.plan(served, wanted);
        if (certificates.obstacle().isPresent()) {
            return new Plan.Reload(certificates.obstacle().get());
        }
        StepOrder order = new StepOrder(servers.steps(), entries.steps(), certificates.steps());
        return new Plan.Steps(order.steps(), servers.places());
    }
}
