package io.interlock.app.pipeline;

import io.interlock.api.topology.Topology;
import io.interlock.app.readiness.ProbeTarget;
import io.interlock.app.topology.findings.Finding;
import java.util.List;

/**
 * What is to be served, and why.
 *
 * @param topology what is to be served now, with certificates
 * @param findings by container, then severity, worst first; everything that was left out, ignored or chosen
 * @param targets what is being probed: containers that are not ready and so not in the topology
 */
public record PipelineResult(Topology topology, List<Finding> findings, List<ProbeTarget> targets) {
    public PipelineResult {
        findings = List.copyOf(findings);
        targets = List.copyOf(targets);
    }
}
