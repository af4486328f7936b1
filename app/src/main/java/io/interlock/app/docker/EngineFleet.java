package io.interlock.app.docker;

import io.interlock.app.config.EngineConfig;
import io.interlock.app.docker.DockerJavaEngineClient.Timeouts;
import io.interlock.app.inventory.Inventory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Watches all configured engines and keeps the inventory true. Engines are independent of each other: one that is down
 * or slow delays no other.
 */
public final class EngineFleet implements AutoCloseable {

    /** Connecting to a socket on this host costs next to nothing, so its engine is found soon after it came back. */
    private static final Duration LOCAL_BACKOFF_CAP = Duration.ofSeconds(1);

    private final Map<String, EngineWatcher> watchers = new LinkedHashMap<>();

    /** Watchers of these engines, not started; the inventory has to have been made for the same engines. */
    public EngineFleet(List<EngineConfig> engines, Inventory inventory) {
        for (EngineConfig engine : engines) {
            watchers.put(engine.id(), watcher(engine, inventory));
        }
    }

    private static EngineWatcher watcher(EngineConfig engine, Inventory inventory) {
        EngineAddress address = EngineAddress.of(engine);
        VantageFinder vantages = new VantageFinder(engine.id(), address, new OwnContainer(Path.of("/")));
        WatcherSettings settings = address.isUnixSocket()
                ? WatcherSettings.DEFAULT.withBackoffCap(LOCAL_BACKOFF_CAP)
                : WatcherSettings.DEFAULT;
        return new EngineWatcher(
                engine.id(),
                () -> DockerJavaEngineClient.connect(engine, Timeouts.DEFAULT),
                vantages::find,
                inventory,
                settings,
                RandomGenerator.getDefault());
    }

    /** Begins to watch all engines; returns at once, whether they can be reached or not. To be called once. */
    public void start() {
        watchers.values().forEach(EngineWatcher::start);
    }

    /** What watching has cost so far, by engine id. */
    public Map<String, IntakeCounters> counters() {
        Map<String, IntakeCounters> counters = new TreeMap<>();
        watchers.forEach((id, watcher) -> counters.put(id, watcher.counters()));
        return counters;
    }

    /** Stops watching; the inventory stays as it is. */
    @Override
    public void close() {
        watchers.values().forEach(EngineWatcher::close);
    }
}
