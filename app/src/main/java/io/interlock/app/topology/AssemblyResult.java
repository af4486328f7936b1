package io.interlock.app.topology;

import io.interlock.api.topology.Topology;
import io.interlock.app.topology.findings.Finding;
import java.util.List;

/**
 * The topology with the findings that explain it.
 *
 * @param topology everything that Interlock serves now
 * @param findings everything that was left out, ignored or chosen; sorted by container, then by severity, worst first
 */
public record AssemblyResult(Topology topology, List<Finding> findings) {
    public AssemblyResult {
        findings = List.copyOf(findings);
    }
}
