package io.interlock.app.topology;

import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.grouping.ServerCandidate;
import java.util.List;

/**
 * Meaning of one container's facts, independent of all other containers.
 *
 * @param candidates one candidate for each route that the container asks for; empty if the container cannot be served,
 *     and a finding says why
 * @param findings about the container
 */
record ContainerInterpretation(List<ServerCandidate> candidates, List<Finding> findings) {
    ContainerInterpretation {
        candidates = List.copyOf(candidates);
    }
}
