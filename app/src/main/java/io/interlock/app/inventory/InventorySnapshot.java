package io.interlock.app.inventory;

import java.util.Map;

/**
 * What all engines are known to run, at one point in time.
 *
 * @param engines every configured engine, by id
 */
public record InventorySnapshot(Map<String, EngineView> engines) {
    public InventorySnapshot {
        engines = Map.copyOf(engines);
    }
}
