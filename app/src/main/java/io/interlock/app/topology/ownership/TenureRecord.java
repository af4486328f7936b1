package io.interlock.app.topology.ownership;

import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.topology.grouping.ClaimedName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whose a name is, as the next controller needs to know it.
 *
 * @param since since when the owner has it
 * @param vacantSince when the last container of the owner ended; empty if it has one
 * @param sharing other owners that have containers there, or had when the last one of the owner ended; the first of many
 */
public record TenureRecord(
        ClaimedName name, OwnerId holder, Instant since, Optional<Instant> vacantSince, List<OwnerId> sharing) {
    public TenureRecord {
        sharing = List.copyOf(sharing);
    }
}
