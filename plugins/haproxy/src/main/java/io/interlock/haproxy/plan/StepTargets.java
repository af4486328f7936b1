package io.interlock.haproxy.plan;

import java.util.List;

/**
 * What steps touch: as much of HAProxy is read back.
 *
 * @param places of servers
 * @param entries lines of maps
 * @param certificates whether the list of certificates is touched
 */
public record StepTargets(List<String> places, List<Entry.Key> entries, boolean certificates) {
    public StepTargets {
        places = List.copyOf(places);
        entries = List.copyOf(entries);
    }

    /** Those of some steps. */
    public static StepTargets of(List<? extends Step> steps) {
        return new StepTargets(
                steps.stream()
                        .filter(step -> step instanceof Step.OnServer)
                        .map(step -> ((Step.OnServer) step).place())
                        .distinct()
                        .toList(),
                steps.stream()
                        .filter(step -> step instanceof Step.OnEntry)
                        .map(step -> ((Step.OnEntry) step).key())
                        .toList(),
                steps.stream().anyMatch(Step.OnCertificate.class::isInstance));
    }
}
