package io.interlock.app.recovery;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.topology.grouping.ClaimedName;
import io.interlock.app.topology.ownership.TenureRecord;
import io.interlock.app.topology.ownership.TenureSnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier controller knew of the engines that it had reached.
 *
 * @param engines by id; an engine that is missing was never reached, so that nothing of it was served
 * @param ready the containers that it had found ready
 * @param tenures whose each name was
 */
public record RecoveredInventory(
        Map<String, RecoveredEngine> engines, Set<ContainerKey> ready, TenureSnapshot tenures) {

    private static final Logger log = LoggerFactory.getLogger("engine");

    /**
     * Engine as last known.
     *
     * @param containers its running containers, by id
     */
    public record RecoveredEngine(NetworkLocation location, Map<String, ContainerFacts> containers) {
        public RecoveredEngine {
            containers = Map.copyOf(containers);
        }
    }

    public RecoveredInventory {
        engines = Map.copyOf(engines);
        ready = Set.copyOf(ready);
    }

    /** Applies entries in their order. */
    static final class Builder {
        private final Map<String, NetworkLocation> locations = new HashMap<>();
        private final Map<String, Map<String, ContainerFacts>> containers = new HashMap<>();
        private final Set<ContainerKey> ready = new HashSet<>();
        private final Map<JournalEntry.FreeName, JournalEntry.Tenure> tenures = new HashMap<>();
        private String rules = "";

        void add(JournalEntry entry) {
            switch (entry) {
                case JournalEntry.Engine(String engineId, NetworkLocation location) -> {
                    locations.put(engineId, location);
                    containers.computeIfAbsent(engineId, any -> new HashMap<>());
                }
                case JournalEntry.Container(ContainerFacts facts, boolean isReady) -> {
                    of(facts.key()).put(facts.key().containerId(), facts);
                    ready.remove(facts.key());
                    if (isReady) {
                        ready.add(facts.key());
                    }
                }
                case JournalEntry.Removal(ContainerKey key) -> {
                    of(key).remove(key.containerId());
                    ready.remove(key);
                }
                case JournalEntry.Rules(String fingerprint) -> {
                    rules = fingerprint;
                    tenures.clear();
                }
                case JournalEntry.Tenure tenure ->
                    tenures.put(new JournalEntry.FreeName(tenure.name(), tenure.listen()), tenure);
                case JournalEntry.FreeName free -> tenures.remove(free);
            }
        }

        private Map<String, ContainerFacts> of(ContainerKey key) {
            return Objects.requireNonNull(containers.get(key.engineId()), "a container before its engine");
        }

        RecoveredInventory build() {
            Map<String, RecoveredEngine> engines = new HashMap<>();
            locations.forEach((id, location) ->
                    engines.put(id, new RecoveredEngine(location, Objects.requireNonNull(containers.get(id)))));
            return new RecoveredInventory(engines, ready, new TenureSnapshot(rules, names(), Set.of()));
        }

        private Map<ClaimedName, TenureRecord> names() {
            Map<ClaimedName, TenureRecord> names = new HashMap<>();
            for (JournalEntry.Tenure tenure : tenures.values()) {
                try {
                    TenureRecord known = tenure.toRecord();
                    names.put(known.name(), known);
                } catch (IllegalArgumentException e) {
                    log.debug("{} is no name for this version", tenure.name(), e);
                }
            }
            return names;
        }
    }
}
