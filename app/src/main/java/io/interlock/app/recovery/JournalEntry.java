package io.interlock.app.recovery;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.NetworkLocation;

/** Line of the journal: a change of the inventory. */
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
}
