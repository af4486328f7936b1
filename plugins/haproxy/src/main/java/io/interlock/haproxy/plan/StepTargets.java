package io.interlock.haproxy.plan;

import io.interlock.haproxy.model.MapEntry;
import java.util.List;

/**
 * What steps touch: as much of HAProxy is read back.
 *
 * @param places of servers
 * @param entries lines of maps
 * @param certificates whether the list of certificates is touched
 */
public record StepTargets(List<String> places, List<MapEntry.Key> entries, boolean certificates) {
    public StepTargets {
        places = List.copyOf(places);
        entries = List.copyOf(entries);
    }

    /** Those of some steps. */
    public static StepTargets of(List<? extends RuntimeStep> steps) {
        return new StepTargets(
                steps.stream()
                        .filter(step -> step instanceof RuntimeStep.ServerStep)
                        .map(step -> ((RuntimeStep.ServerStep) step).place())
                        .distinct()
                        .toList(),
                steps.stream()
                        .filter(step -> step instanceof RuntimeStep.MapStep)
                        .map(step -> ((RuntimeStep.MapStep) step).key())
                        .toList(),
                steps.stream().anyMatch(RuntimeStep.CertificateStep.class::isInstance));
    }
}
