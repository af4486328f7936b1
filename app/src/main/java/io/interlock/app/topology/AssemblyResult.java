package io.interlock.app.topology;

import io.interlock.api.topology.Topology;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.grouping.ClaimedName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The topology with the findings that explain it.
 *
 * @param topology everything that Interlock serves now
 * @param findings everything that was left out, ignored or chosen; sorted by container, then by severity, worst first
 * @param holders the owner of each name that is served or reserved
 * @param due when to assemble again, even without a change
 */
public record AssemblyResult(
        Topology topology, List<Finding> findings, Map<ClaimedName, OwnerId> holders, Optional<Instant> due) {
    public AssemblyResult {
        findings = List.copyOf(findings);
    }
}
