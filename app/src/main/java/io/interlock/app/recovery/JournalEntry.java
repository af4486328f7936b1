package io.interlock.app.recovery;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.topology.grouping.ClaimedName;
import io.interlock.app.topology.ownership.TenureRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Line of the journal: a change of the inventory, or of whose a name is. */
sealed interface JournalEntry {

    /** An engine was reached. */
    record Engine(String engineId, NetworkLocation location) implements JournalEntry {}

    /**
     * A container runs.
     *
     * @param ready whether it was found ready, so that it was served
     */
    record Container(ContainerFacts facts, boolean ready) implements JournalEntry {}

    /** A container runs no longer, or is no longer known to run. */
    record Removal(ContainerKey key) implements JournalEntry {}

    /**
     * Owners are found by these rules from here on; names before belong to nobody.
     *
     * @param fingerprint of the rules
     */
    record Rules(String fingerprint) implements JournalEntry {}

    /** A name belongs to an owner. */
    record Tenure(
            String name,
            OptionalInt listen,
            String owner,
            Instant since,
            Optional<Instant> vacantSince,
            List<String> sharing)
            implements JournalEntry {

        static Tenure of(TenureRecord tenure) {
            return new Tenure(
                    tenure.name().name().value(),
                    tenure.name().listen(),
                    tenure.holder().name(),
                    tenure.since(),
                    tenure.vacantSince(),
                    tenure.sharing().stream().map(OwnerId::name).toList());
        }

        /** @throws IllegalArgumentException if this version knows no such names */
        TenureRecord toRecord() {
            return new TenureRecord(
                    new ClaimedName(new HostName(name), listen),
                    new OwnerId(owner),
                    since,
                    vacantSince,
                    sharing.stream().map(OwnerId::new).toList());
        }
    }

    /** A name belongs to nobody. */
    record FreeName(String name, OptionalInt listen) implements JournalEntry {
        static FreeName of(ClaimedName name) {
            return new FreeName(name.name().value(), name.listen());
        }
    }
}
