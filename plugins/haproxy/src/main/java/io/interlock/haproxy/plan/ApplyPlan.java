package io.interlock.haproxy.plan;

import io.interlock.api.loadbalancer.ReloadReason;
import java.util.List;
import java.util.Map;

/** Actions that lead from the running state to the desired one. */
public sealed interface ApplyPlan {

    /** HAProxy already has the desired state. */
    record Nothing() implements ApplyPlan {}

    /** HAProxy does not run and must be started. */
    record Start() implements ApplyPlan {}

    /**
     * HAProxy must load a new configuration.
     *
     * @param reason the change that only a reload can make
     */
    record Reload(ReloadReason reason) implements ApplyPlan {}

    /**
     * The running worker can make the change.
     *
     * @param steps in the order of execution; empty if the change does not concern HAProxy
     * @param places the places of backends that are new or move, by the name of the backend
     */
    record Steps(List<RuntimeStep> steps, Map<String, String> places) implements ApplyPlan {
        public Steps {
            steps = List.copyOf(steps);
            places = Map.copyOf(places);
        }
    }
}
