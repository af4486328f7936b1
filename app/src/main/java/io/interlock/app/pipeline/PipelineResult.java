package io.interlock.app.pipeline;

import io.interlock.api.topology.Topology;
import io.interlock.app.readiness.ProbeTarget;
import io.interlock.app.topology.findings.Finding;
import java.util.List;

/**
 * Result of a run of the pipeline.
 *
 * @param topology what must be served now, with certificates
 * @param findings everything that was left out, ignored or chosen; by container, then severity, worst first
 * @param targets targets of current probes: containers that are not ready and therefore not in the topology
 */
public record PipelineResult(Topology topology, List<Finding> findings, List<ProbeTarget> targets) {
    public PipelineResult {
        findings = List.copyOf(findings);
        targets = List.copyOf(targets);
    }
}
