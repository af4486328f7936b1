package io.interlock.app.status;

import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.topology.Finding;
import java.util.List;
import java.util.Map;

/**
 * What was known at the reconciler's latest look.
 *
 * @param inventory what the engines run
 * @param findings about containers, by container, worst first
 * @param wanted what load balancers were asked to serve
 */
public record Observed(InventorySnapshot inventory, List<Finding> findings, TopologySnapshot wanted) {

    /** Before the first look. */
    public static final Observed NOTHING =
            new Observed(new InventorySnapshot(Map.of()), List.of(), new TopologySnapshot(0, Topology.EMPTY));

    public Observed {
        findings = List.copyOf(findings);
    }
}
