package io.interlock.app.inventory;

import io.interlock.app.inventory.EngineSnapshot.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Containers that all engines are known to run, kept up to date. The cost of a change depends on the change alone. An
 * immutable snapshot is created only on request, and only for the engines that changed since the last one.
 *
 * <p>Safe for all threads. Each writing method calls the listeners if, and only if, it changed something.
 */
public final class Inventory {

    private final Map<String, Entry> engines = new TreeMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private @Nullable InventorySnapshot snapshot;

    /** Creates an inventory of these engines, none of them reached so far. */
    public Inventory(Collection<String> engineIds) {
        for (String id : engineIds) {
            engines.put(id, new Entry(id));
        }
    }

    /**
     * Adds a listener, which is called after each change on the thread that made it. The listener must return at once
     * and must not throw; it usually wakes a thread that then calls {@link #snapshot()}.
     */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Returns the current state; the same object as long as nothing changed. */
    public synchronized InventorySnapshot snapshot() {
        InventorySnapshot current = snapshot;
        if (current == null) {
            Map<String, EngineSnapshot> views = HashMap.newHashMap(engines.size());
            engines.forEach((id, entry) -> views.put(id, entry.view()));
            current = new InventorySnapshot(views);
            snapshot = current;
        }
        return current;
    }

    /** Adds an engine that has not been reached so far, unless it is there already. */
    public void add(String engineId) {
        synchronized (this) {
            if (engines.putIfAbsent(engineId, new Entry(engineId)) != null) {
                return;
            }
            snapshot = null;
        }
        listeners.forEach(Runnable::run);
    }

    /** Removes an engine with its containers. Nothing may write to it any longer. */
    public void remove(String engineId) {
        synchronized (this) {
            if (engines.remove(engineId) == null) {
                return;
            }
            snapshot = null;
        }
        listeners.forEach(Runnable::run);
    }

    /** Records that this container runs, with its facts. */
    public void put(ContainerFacts facts) {
        change(facts.key().engineId(), entry -> entry.put(facts));
    }

    /** Records that this container does not run. */
    public void remove(ContainerKey key) {
        change(key.engineId(), entry -> entry.remove(key.containerId()));
    }

    /**
     * Records that an engine has been reached, with all its running containers.
     *
     * @param containers all running containers; any other container does not run
     */
    public void connected(
            String engineId, Instant since, NetworkLocation networkLocation, Collection<ContainerFacts> containers) {
        connected(engineId, since, networkLocation, containers, Set.of());
    }

    /**
     * Does the same for an engine that does not tell everything.
     *
     * @param unknown ids of further containers that run; what was known of them before stays
     */
    public void connected(
            String engineId,
            Instant since,
            NetworkLocation networkLocation,
            Collection<ContainerFacts> containers,
            Set<String> unknown) {
        Map<String, ContainerFacts> byId = HashMap.newHashMap(containers.size());
        containers.forEach(facts -> byId.put(facts.key().containerId(), facts));
        change(engineId, entry -> {
            unknown.forEach(id -> entry.last(id).ifPresent(facts -> byId.putIfAbsent(id, facts)));
            return entry.connected(new Connection.Connected(since), networkLocation, byId);
        });
    }

    /**
     * Records that an engine cannot be reached. Its last known containers stay. An engine that was never reached stays
     * {@linkplain Connection.Unknown unknown} and gets this reason. An engine that is already unreachable keeps its
     * earlier time.
     */
    public void unreachable(String engineId, Instant since, String reason) {
        change(engineId, entry -> entry.unreachable(new Connection.Unreachable(since, reason)));
    }

    /**
     * Records what an engine was last known to run, as an earlier controller recorded it. The engine stays
     * {@linkplain Connection.Unknown unknown}. Changes nothing if it has been reached already.
     */
    public void restore(String engineId, NetworkLocation networkLocation, Map<String, ContainerFacts> containers) {
        change(engineId, entry -> entry.restore(networkLocation, containers));
    }

    /** Returns the ids of engines that are still unknown and have restored containers, sorted. */
    public List<String> restoredEngines() {
        return snapshot().engines().values().stream()
                .filter(EngineSnapshot::isRestored)
                .map(EngineSnapshot::engineId)
                .sorted()
                .toList();
    }

    /** Removes what was restored for engines that are still unknown; returns the ids of those that had containers. */
    public List<String> removeRestored() {
        List<String> ids = restoredEngines();
        ids.forEach(id -> change(id, entry -> entry.restore(new NetworkLocation.OnHost(), Map.of())));
        return ids;
    }

    private void change(String engineId, Change change) {
        boolean changed;
        synchronized (this) {
            Entry entry = Objects.requireNonNull(engines.get(engineId), () -> "no such engine: " + engineId);
            changed = change.on(entry);
            if (changed) {
                entry.view = null;
                snapshot = null;
            }
        }
        if (changed) {
            listeners.forEach(Runnable::run);
        }
    }

    /** Change of an engine's entry that returns whether the entry differs afterwards. */
    private interface Change {
        boolean on(Entry entry);
    }

    /** Known state of one engine; guarded by the inventory. */
    private static final class Entry {
        private final String engineId;
        private Connection connection = new Connection.Unknown();
        private NetworkLocation networkLocation = new NetworkLocation.OnHost();
        private PMap<String, ContainerFacts> containers = HashTreePMap.empty();
        private @Nullable EngineSnapshot view;

        // The difference from the snapshot of this number.
        private long number;
        private boolean otherwise = true;
        private final Set<String> different = new HashSet<>();

        Entry(String engineId) {
            this.engineId = engineId;
        }

        EngineSnapshot view() {
            EngineSnapshot current = view;
            if (current == null) {
                long from = otherwise ? EngineSnapshot.Delta.NOWHERE : number;
                current = new EngineSnapshot(
                        engineId,
                        connection,
                        networkLocation,
                        containers,
                        new EngineSnapshot.Delta(from, ++number, otherwise ? Set.of() : different));
                otherwise = false;
                different.clear();
                view = current;
            }
            return current;
        }

        Optional<ContainerFacts> last(String id) {
            return Optional.ofNullable(containers.get(id));
        }

        boolean put(ContainerFacts inspected) {
            String id = inspected.key().containerId();
            ContainerFacts before = containers.get(id);
            ContainerFacts facts = before == null ? inspected : inspected.after(before);
            if (facts.equals(before)) {
                return false;
            }
            containers = containers.plus(id, facts);
            different.add(id);
            return true;
        }

        boolean remove(String id) {
            if (!containers.containsKey(id)) {
                return false;
            }
            containers = containers.minus(id);
            different.add(id);
            return true;
        }

        boolean connected(Connection now, NetworkLocation from, Map<String, ContainerFacts> running) {
            running.replaceAll((id, inspected) -> {
                ContainerFacts before = containers.get(id);
                return before == null ? inspected : inspected.after(before);
            });
            if (now.equals(connection) && from.equals(networkLocation) && running.equals(containers)) {
                return false;
            }
            connection = now;
            networkLocation = from;
            containers = HashTreePMap.from(running);
            otherwise = true;
            return true;
        }

        boolean restore(NetworkLocation from, Map<String, ContainerFacts> running) {
            if (!(connection instanceof Connection.Unknown)) {
                return false;
            }
            networkLocation = from;
            containers = HashTreePMap.from(running);
            otherwise = true;
            return true;
        }

        boolean unreachable(Connection.Unreachable lost) {
            Connection now = switch (connection) {
                case Connection.Unknown never -> new Connection.Unknown(Optional.of(lost.reason()));
                case Connection.Connected connected -> lost;
                case Connection.Unreachable already -> new Connection.Unreachable(already.since(), lost.reason());
            };
            boolean changed = !now.equals(connection);
            connection = now;
            return changed;
        }
    }
}
