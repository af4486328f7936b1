package io.interlock.app.topology;

import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.grouping.ServerCandidate;
import java.util.List;

/**
 * What one container's facts mean, whatever else runs.
 *
 * @param candidates the container as one that can be served, by route if it asks for several; empty if it cannot, and a finding says
 *     why
 * @param findings about it
 */
record ContainerInterpretation(List<ServerCandidate> candidates, List<Finding> findings) {
    ContainerInterpretation {
        candidates = List.copyOf(candidates);
    }
}
