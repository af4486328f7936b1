package io.interlock.app.status;

import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.grouping.ClaimedName;
import java.util.List;
import java.util.Map;

/**
 * What was known at the reconciler's latest look.
 *
 * @param inventory what the engines run
 * @param findings about containers, by container, worst first
 * @param snapshot what load balancers were asked to serve
 * @param holders the owner of each name that is served or reserved
 */
public record PipelineSnapshot(
        InventorySnapshot inventory,
        List<Finding> findings,
        TopologySnapshot snapshot,
        Map<ClaimedName, OwnerId> holders) {

    /** Before the first look. */
    public static final PipelineSnapshot NOTHING = new PipelineSnapshot(
            new InventorySnapshot(Map.of()), List.of(), new TopologySnapshot(0, Topology.EMPTY), Map.of());

    public PipelineSnapshot {
        findings = List.copyOf(findings);
    }
}
