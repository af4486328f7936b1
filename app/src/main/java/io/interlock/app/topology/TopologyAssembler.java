package io.interlock.app.topology;

import io.interlock.api.topology.Topology;
import io.interlock.app.config.ownership.OwnershipConfig;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.grouping.BackendGroups;
import io.interlock.app.topology.grouping.RouteIndex;
import io.interlock.app.topology.ownership.ClaimUpdate;
import io.interlock.app.topology.ownership.NameClaimRegistry;
import io.interlock.app.topology.ownership.TenureSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides which claims on names stand and which containers share a name, and assembles the topology from that. The
 * result depends only on the current candidates, except that a name stays with its owner for a while. Each update holds
 * the difference from the previous one, so that a change costs what it touches. The assembler does not know whether a
 * container is ready. Confined to one thread. An assembler that threw an exception must not be used again.
 */
public final class TopologyAssembler {

    private final NameClaimRegistry claims;
    private final RouteIndex routes = new RouteIndex();
    private final BackendGroups groups = new BackendGroups();

    /**
     * @param recorded whose each name was before
     */
    public TopologyAssembler(TenureSnapshot recorded) {
        this.claims = new NameClaimRegistry(recorded);
    }

    /**
     * Returns the topology after this update. Never fails because of a container's values.
     *
     * @param now never earlier than in the previous call
     */
    public AssemblyResult assemble(CandidateUpdate update, OwnershipConfig ownership, Instant now) {
        ClaimUpdate standing = claims.update(update.removed(), update.added(), ownership, now);
        groups.reserve(standing.reserved());
        groups.change(routes.change(standing.removed(), standing.added()));
        Topology topology = groups.topology();
        List<Finding> ofGroups = groups.findings();
        List<Finding> all = ofGroups.isEmpty() && standing.findings().isEmpty()
                ? update.findings()
                : Stream.of(update.findings(), standing.findings(), ofGroups)
                        .flatMap(List::stream)
                        .sorted()
                        .toList();
        return new AssemblyResult(topology, all, standing.holders(), standing.tenures(), standing.due());
    }
}
