package io.interlock.app.topology;

import io.interlock.api.topology.Topology;
import io.interlock.app.topology.findings.Finding;
import java.util.List;

/**
 * What is to be served, and why.
 *
 * @param topology what is to be served now
 * @param findings by container, then severity, worst first; everything that was left out, ignored or chosen
 */
public record AssemblyResult(Topology topology, List<Finding> findings) {
    public AssemblyResult {
        findings = List.copyOf(findings);
    }
}
