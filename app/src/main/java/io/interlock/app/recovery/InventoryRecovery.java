package io.interlock.app.recovery;

import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.topology.ownership.TenureSnapshot;
import io.interlock.util.DurationText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores the inventory of an earlier controller for engines that have not answered yet. It stays only if a proxy runs
 * that serves it: after a start without one, addresses may belong to other containers.
 */
public final class InventoryRecovery implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("engine");

    private final Inventory inventory;
    private final Optional<RecoveredInventory> recovered;
    private final InventorySnapshot restored;
    private @Nullable Thread limit;

    private InventoryRecovery(Inventory inventory, Optional<RecoveredInventory> recovered) {
        this.inventory = inventory;
        this.recovered = recovered;
        this.restored = inventory.snapshot();
    }

    /** Fills the inventory, which must be new, from the journal. */
    public static InventoryRecovery of(Path journal, Inventory inventory) {
        Set<String> configured = inventory.snapshot().engines().keySet();
        Optional<RecoveredInventory> recovered = InventoryJournalReader.read(journal);
        recovered.ifPresent(earlier -> earlier.engines().forEach((id, engine) -> {
            if (configured.contains(id)) {
                inventory.restore(id, engine.location(), engine.containers());
            }
        }));
        return new InventoryRecovery(inventory, recovered);
    }

    /** The inventory as the earlier controller knew it. */
    public InventorySnapshot restored() {
        return restored;
    }

    /** Whose each name was. */
    public TenureSnapshot tenures() {
        return recovered.map(RecoveredInventory::tenures).orElse(TenureSnapshot.NONE);
    }

    /** The containers that were served. */
    public Set<ContainerKey> served() {
        return recovered.map(RecoveredInventory::ready).orElse(Set.of());
    }

    /**
     * Keeps what was restored, because a proxy serves it, until the engines answer.
     *
     * @param longest how long it stays; empty: without a limit
     * @return the engines of which it is not known what the proxy serves
     */
    public Set<String> keep(Optional<Duration> longest) {
        Set<String> unrecorded = unrecorded();
        if (!unrecorded.isEmpty()) {
            log.info(
                    "a proxy runs already, and it is not recorded what it serves for {}: nothing changes until they answer,"
                            + " or for a minute",
                    new TreeSet<>(unrecorded));
        }
        List<String> ids = inventory.restoredEngines();
        if (!ids.isEmpty()) {
            log.info(
                    "a proxy runs already and keeps what it serves for {} until they answer{}",
                    ids,
                    longest.map(time -> ", or for " + DurationText.of(time)).orElse(""));
            longest.ifPresent(
                    time -> limit = Thread.ofVirtual().name("unknown-engines").start(() -> end(time)));
        }
        return unrecorded;
    }

    /** Removes what was restored, because no proxy serves it. */
    public void discard() {
        inventory.removeRestored();
    }

    /** An engine without a record was never reached, unless it had another id. */
    private Set<String> unrecorded() {
        Set<String> ids = new TreeSet<>(restored.engines().keySet());
        if (recovered.isPresent()) {
            Set<String> recorded = recovered.get().engines().keySet();
            if (ids.containsAll(recorded)) {
                return Set.of();
            }
            ids.removeAll(recorded);
        }
        return ids;
    }

    private void end(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            return;
        }
        List<String> ids = inventory.removeRestored();
        if (!ids.isEmpty()) {
            log.warn(
                    "{} did not answer within the unknown_engine_limit of {}: their containers are no longer served",
                    ids,
                    DurationText.of(time));
        }
    }

    @Override
    public void close() {
        Thread running = limit;
        if (running != null) {
            running.interrupt();
        }
    }
}
