package io.interlock.app.recovery;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.topology.grouping.ClaimedName;
import io.interlock.app.topology.ownership.TenureRecord;
import io.interlock.app.topology.ownership.TenureSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans the entries that lead from the inventory and names of the last plan to the present one. Confined to one thread. */
final class JournalEntryPlanner {

    private final Map<String, EngineSnapshot> engines = new HashMap<>();
    /** By the ids of the engines that have an entry. */
    private final Map<String, NetworkLocation> locations = new HashMap<>();

    private Set<ContainerKey> waiting = Set.of();
    private String rules = "";

    /**
     * @param nowWaiting the containers that are not ready
     * @param tenures whose names are; the first plan has all, a later one those that changed
     */
    List<JournalEntry> plan(InventorySnapshot inventory, Set<ContainerKey> nowWaiting, TenureSnapshot tenures) {
        List<JournalEntry> entries = new ArrayList<>();
        for (EngineSnapshot engine : inventory.engines().values()) {
            EngineSnapshot before = engines.put(engine.engineId(), engine);
            boolean isKnown = !(engine.connection() instanceof Connection.Unknown) || engine.isRestored();
            if (isKnown && !engine.location().equals(locations.put(engine.engineId(), engine.location()))) {
                entries.add(new JournalEntry.Engine(engine.engineId(), engine.location()));
            }
            for (String id : changed(engine, before, nowWaiting)) {
                entries.add(entry(engine, id, nowWaiting));
            }
        }
        waiting = Set.copyOf(nowWaiting);
        addNames(tenures, entries);
        return entries;
    }

    private void addNames(TenureSnapshot tenures, List<JournalEntry> entries) {
        Set<ClaimedName> changed = tenures.changed();
        if (!rules.equals(tenures.rules())) {
            rules = tenures.rules();
            entries.add(new JournalEntry.Rules(rules));
            changed = tenures.names().keySet();
        }
        for (ClaimedName name : changed) {
            TenureRecord tenure = tenures.names().get(name);
            entries.add(tenure == null ? JournalEntry.FreeName.of(name) : JournalEntry.Tenure.of(tenure));
        }
    }

    private static JournalEntry entry(EngineSnapshot engine, String id, Set<ContainerKey> nowWaiting) {
        ContainerKey key = new ContainerKey(engine.engineId(), id);
        ContainerFacts facts = engine.containers().get(id);
        return facts == null
                ? new JournalEntry.Removal(key)
                : new JournalEntry.Container(facts, !nowWaiting.contains(key));
    }

    /** The ids of containers that differ, or that became ready or not ready. */
    private Set<String> changed(EngineSnapshot engine, @Nullable EngineSnapshot before, Set<ContainerKey> nowWaiting) {
        if (before == null) {
            return engine.containers().keySet();
        }
        Set<String> ids = new HashSet<>();
        addDifferent(waiting, nowWaiting, engine, ids);
        addDifferent(nowWaiting, waiting, engine, ids);
        EngineSnapshot.Delta delta = engine.delta();
        if (delta.from() != EngineSnapshot.Delta.NOWHERE
                && delta.from() == before.delta().to()) {
            ids.addAll(delta.containers());
        } else if (delta.to() != before.delta().to() || delta.to() == EngineSnapshot.Delta.NOWHERE) {
            addDifferent(before, engine, ids);
        }
        return ids;
    }

    private static void addDifferent(
            Set<ContainerKey> some, Set<ContainerKey> others, EngineSnapshot engine, Set<String> ids) {
        some.stream()
                .filter(key -> !others.contains(key))
                .filter(key -> key.engineId().equals(engine.engineId()))
                .map(ContainerKey::containerId)
                .filter(engine.containers()::containsKey)
                .forEach(ids::add);
    }

    private static void addDifferent(EngineSnapshot before, EngineSnapshot engine, Set<String> ids) {
        engine.containers().forEach((id, facts) -> {
            if (!facts.equals(before.containers().get(id))) {
                ids.add(id);
            }
        });
        before.containers().keySet().stream()
                .filter(id -> !engine.containers().containsKey(id))
                .forEach(ids::add);
    }
}
