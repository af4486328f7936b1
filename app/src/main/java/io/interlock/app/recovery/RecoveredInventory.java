package io.interlock.app.recovery;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.NetworkLocation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What an earlier controller knew of the engines that it had reached.
 *
 * @param engines by id; an engine that is missing was never reached, so that nothing of it was served
 * @param ready the containers that it had found ready
 */
public record RecoveredInventory(Map<String, RecoveredEngine> engines, Set<ContainerKey> ready) {

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
            }
        }

        private Map<String, ContainerFacts> of(ContainerKey key) {
            return Objects.requireNonNull(containers.get(key.engineId()), "a container before its engine");
        }

        RecoveredInventory build() {
            Map<String, RecoveredEngine> engines = new HashMap<>();
            locations.forEach((id, location) ->
                    engines.put(id, new RecoveredEngine(location, Objects.requireNonNull(containers.get(id)))));
            return new RecoveredInventory(engines, ready);
        }
    }
}
