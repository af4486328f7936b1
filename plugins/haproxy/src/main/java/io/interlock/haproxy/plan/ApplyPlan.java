package io.interlock.haproxy.plan;

import io.interlock.api.loadbalancer.ReloadReason;
import java.util.List;
import java.util.Map;

/** What is to be done, given what runs and what is wanted. */
public sealed interface ApplyPlan {

    /** HAProxy has what is wanted. */
    record Nothing() implements ApplyPlan {}

    /** HAProxy does not run. */
    record Start() implements ApplyPlan {}

    /**
     * HAProxy must read its configuration anew.
     *
     * @param reason what cannot be done otherwise
     */
    record Reload(ReloadReason reason) implements ApplyPlan {}

    /**
     * The running worker can be told.
     *
     * @param steps in the order in which to take them; none if what changed means nothing to HAProxy
     * @param places where the backends are that have a place for the first time, or another one than before
     */
    record Steps(List<RuntimeStep> steps, Map<String, String> places) implements ApplyPlan {
        public Steps {
            steps = List.copyOf(steps);
            places = Map.copyOf(places);
        }
    }
}
