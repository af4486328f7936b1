package io.interlock.app.topology;

import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.grouping.ServerCandidate;
import java.util.List;

/**
 * Meaning of one run of a container, independent of all other containers.
 *
 * @param run the run of the container
 * @param candidates one candidate for each route that the container asks for; empty if it cannot be served, and a
 *     finding says why
 * @param findings about the container, sorted
 */
public record InterpretedContainer(ContainerRun run, List<ServerCandidate> candidates, List<Finding> findings) {
    public InterpretedContainer {
        candidates = List.copyOf(candidates);
        findings = List.copyOf(findings);
    }
}
