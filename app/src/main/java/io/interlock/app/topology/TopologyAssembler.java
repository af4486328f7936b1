package io.interlock.app.topology;

import io.interlock.api.topology.Topology;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.grouping.BackendGroups;
import io.interlock.app.topology.grouping.RouteIndex;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides which containers share a name, and assembles the topology from that. The result depends only on the current
 * candidates, never on the order in which they came. Each update holds the difference from the previous one, so that a
 * change costs what it touches. The assembler does not know whether a container is ready. Confined to one thread. An
 * assembler that threw an exception must not be used again.
 */
public final class TopologyAssembler {

    private final RouteIndex claims = new RouteIndex();
    private final BackendGroups groups = new BackendGroups();

    /** Returns the topology after this update. Never fails because of a container's values. */
    public AssemblyResult assemble(CandidateUpdate update) {
        groups.change(claims.change(update.removed(), update.added()));
        Topology topology = groups.topology();
        List<Finding> ofGroups = groups.findings();
        List<Finding> all = ofGroups.isEmpty()
                ? update.findings()
                : Stream.concat(update.findings().stream(), ofGroups.stream())
                        .sorted()
                        .toList();
        return new AssemblyResult(topology, all);
    }
}
