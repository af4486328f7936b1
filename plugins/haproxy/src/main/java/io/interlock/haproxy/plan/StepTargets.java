package io.interlock.haproxy.plan;

import io.interlock.haproxy.model.MapEntry;
import java.util.List;

/**
 * Parts of HAProxy that steps change. Exactly these are read back.
 *
 * @param places the places of the servers
 * @param entries the lines of maps
 * @param certificates whether the list of certificates changes
 */
public record StepTargets(List<String> places, List<MapEntry.Key> entries, boolean certificates) {
    public StepTargets {
        places = List.copyOf(places);
        entries = List.copyOf(entries);
    }

    /** The targets of the steps. */
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
