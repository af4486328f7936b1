package io.interlock.app.topology;

import io.interlock.api.topology.Topology;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.grouping.ClaimedName;
import io.interlock.app.topology.ownership.TenureSnapshot;
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
 * @param tenures whose each name is, for the next controller
 * @param due when to assemble again, even without a change
 */
public record AssemblyResult(
        Topology topology,
        List<Finding> findings,
        Map<ClaimedName, OwnerId> holders,
        TenureSnapshot tenures,
        Optional<Instant> due) {
    public AssemblyResult {
        findings = List.copyOf(findings);
    }
}
