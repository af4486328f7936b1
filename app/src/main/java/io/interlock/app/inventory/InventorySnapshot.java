package io.interlock.app.inventory;

import java.util.Map;

/**
 * Containers that all engines are known to run, at one point in time.
 *
 * @param engines every configured engine, by id
 */
public record InventorySnapshot(Map<String, EngineSnapshot> engines) {
    public InventorySnapshot {
        engines = Map.copyOf(engines);
    }

    /**
     * Returns one of the configured engines.
     *
     * @throws IllegalArgumentException if no engine has this id
     */
    public EngineSnapshot engine(String id) {
        EngineSnapshot engine = engines.get(id);
        if (engine == null) {
            throw new IllegalArgumentException("no such engine: " + id);
        }
        return engine;
    }
}
