package io.interlock.app.pipeline;

import io.interlock.api.topology.Topology;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.readiness.ProbeTarget;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.grouping.ClaimedName;
import io.interlock.app.topology.ownership.TenureSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Result of a run of the pipeline.
 *
 * @param topology what must be served now, with certificates
 * @param findings everything that was left out, ignored or chosen; by container, then severity, worst first
 * @param targets targets of current probes: containers that are not ready and therefore not in the topology
 * @param holders the owner of each name that is served or reserved
 * @param tenures whose each name is, for the next controller
 * @param pause after which to run again, even without a change
 */
public record PipelineResult(
        Topology topology,
        List<Finding> findings,
        List<ProbeTarget> targets,
        Map<ClaimedName, OwnerId> holders,
        TenureSnapshot tenures,
        Optional<Duration> pause) {
    public PipelineResult {
        findings = List.copyOf(findings);
        targets = List.copyOf(targets);
    }

    /** Creates a result without owners. */
    public PipelineResult(Topology topology, List<Finding> findings, List<ProbeTarget> targets) {
        this(topology, findings, targets, Map.of(), TenureSnapshot.NONE, Optional.empty());
    }

    /** The containers that are not ready. */
    public Set<ContainerKey> waiting() {
        return targets.stream().map(target -> target.run().container()).collect(Collectors.toSet());
    }
}
