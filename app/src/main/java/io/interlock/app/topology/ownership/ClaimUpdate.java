package io.interlock.app.topology.ownership;

import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.grouping.ClaimedName;
import io.interlock.app.topology.grouping.ServerCandidate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Difference between the claims that stand and those of the previous update.
 *
 * @param removed candidates that are no longer served as they were
 * @param added candidates that are served from now on, with what their owners have a right to
 * @param findings about all claims that do not stand; the same list as before if nothing changed
 * @param reserved names that nobody may answer: their owner serves nothing there, and somebody else would get the
 *     requests or connections
 * @param holders the owner of each name that is served, and of each that is reserved
 * @param tenures whose each name is, for the next controller
 * @param due when the claims must be decided again; empty: not before the next change
 */
public record ClaimUpdate(
        Set<ServerCandidate> removed,
        List<ServerCandidate> added,
        List<Finding> findings,
        Set<ClaimedName> reserved,
        Map<ClaimedName, OwnerId> holders,
        TenureSnapshot tenures,
        Optional<Instant> due) {

    /** Returns the same with further findings. */
    ClaimUpdate with(List<Finding> more) {
        return new ClaimUpdate(
                removed,
                added,
                Stream.concat(findings.stream(), more.stream()).sorted().toList(),
                reserved,
                holders,
                tenures,
                due);
    }
}
