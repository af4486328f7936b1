package io.interlock.app.topology;

import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.grouping.ServerCandidate;
import java.util.List;

/**
 * What one container's facts mean, whatever else runs.
 *
 * @param run which run of the container
 * @param candidates what it asks to have served, by route; empty if it cannot be served, and a finding says why
 * @param findings about it, sorted
 */
public record InterpretedContainer(ContainerRun run, List<ServerCandidate> candidates, List<Finding> findings) {
    public InterpretedContainer {
        candidates = List.copyOf(candidates);
        findings = List.copyOf(findings);
    }
}
