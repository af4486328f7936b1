package io.interlock.app.status;

import io.interlock.api.status.OwnerStatus;
import io.interlock.api.status.OwnerStatus.RefusedClaim;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.ClaimRefusal;
import io.interlock.app.topology.grouping.ClaimedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Lists owners with their names and the claims that were refused. */
final class OwnerStatusMapper {

    private OwnerStatusMapper() {}

    /**
     * By owner.
     *
     * @param refusals the number of refused claims so far
     */
    static List<OwnerStatus> of(PipelineSnapshot observed, Map<OwnerId, Long> refusals) {
        Map<OwnerId, TreeSet<ClaimedName>> names = new TreeMap<>();
        observed.holders()
                .forEach((name, owner) ->
                        names.computeIfAbsent(owner, any -> new TreeSet<>()).add(name));
        Map<OwnerId, List<RefusedClaim>> refused = new TreeMap<>();
        for (Finding finding : observed.findings()) {
            finding.refused()
                    .ifPresent(claim -> refused.computeIfAbsent(claim.owner(), any -> new ArrayList<>())
                            .add(claim(finding, claim)));
        }
        TreeSet<OwnerId> owners = new TreeSet<>(names.keySet());
        owners.addAll(refused.keySet());
        owners.addAll(refusals.keySet());
        return owners.stream()
                .map(owner -> status(
                        owner,
                        names.getOrDefault(owner, new TreeSet<>()),
                        refused.getOrDefault(owner, List.of()),
                        refusals.getOrDefault(owner, 0L)))
                .toList();
    }

    private static OwnerStatus status(
            OwnerId owner, Set<ClaimedName> names, List<RefusedClaim> refused, long refusals) {
        return new OwnerStatus(
                owner.name(),
                names.stream().map(ClaimedName::toString).toList(),
                refused,
                // The counter follows a moment later.
                Math.max(refusals, refused.size()));
    }

    private static RefusedClaim claim(Finding finding, ClaimRefusal claim) {
        return new RefusedClaim(
                ProblemCollector.serverId(finding.container()),
                finding.containerName(),
                finding.value(),
                claim.holders().stream().map(OwnerId::name).toList(),
                finding.message());
    }
}
