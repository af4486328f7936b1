package io.interlock.app.status;

import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.topology.findings.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts the claims that were refused, by owner. Safe for all threads. */
final class RefusalCounter {

    /** Owners may be compose projects, whose names containers choose. */
    private static final int MAX_OWNERS = 1_000;

    private final Map<OwnerId, Long> counts = new TreeMap<>();

    /** Counts the refusals that are new. */
    synchronized void count(List<Finding> before, List<Finding> after) {
        Set<Finding> known = new HashSet<>(before);
        for (Finding finding : after) {
            if (finding.refused().isPresent() && !known.contains(finding)) {
                OwnerId owner = finding.refused().get().owner();
                if (counts.size() < MAX_OWNERS || counts.containsKey(owner)) {
                    counts.merge(owner, 1L, Long::sum);
                }
            }
        }
    }

    synchronized Map<OwnerId, Long> counts() {
        return Map.copyOf(counts);
    }
}
