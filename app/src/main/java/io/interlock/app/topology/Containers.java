package io.interlock.app.topology;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.EngineView;
import io.interlock.app.inventory.InventorySnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first stage for every container. Kept from one assembly to the next, so that only a container whose facts changed
 * is interpreted again.
 */
final class Containers {

    private final Terms terms;
    private final Map<ContainerKey, Known> byKey = new HashMap<>();
    /** Most have nothing to tell. */
    private final TreeMap<ContainerKey, Known> noteworthy = new TreeMap<>();

    Containers(Terms terms) {
        this.terms = terms;
    }

    /**
     * What an update changed about who is served; a container that is served otherwise than before is in both.
     *
     * @param gone not served any more
     * @param come served now
     */
    record Changes(Set<Candidate> gone, List<Candidate> come) {}

    /** Every container of which there is something to say or to wait for, as of the last update, by key. */
    Collection<Known> noteworthy() {
        return noteworthy.values();
    }

    Changes update(InventorySnapshot inventory, Admission admission) {
        Changes changes = new Changes(new HashSet<>(), new ArrayList<>());
        boolean severalEngines = inventory.engines().size() > 1;
        int count = 0;
        for (EngineView engine : inventory.engines().values()) {
            for (ContainerFacts facts : engine.containers().values()) {
                count++;
                Known before = byKey.get(facts.key());
                if (before != null && before.isCertainlyTheSame(facts, engine.vantage(), severalEngines)) {
                    continue;
                }
                Interpreter.Input input = new Interpreter.Input(
                        facts, networkOwner(facts, engine), engine.vantage(), severalEngines, terms);
                Known now = before == null ? Known.of(input, admission) : before.refreshed(input, admission);
                if (!now.equals(before)) {
                    replace(facts.key(), before, now, changes);
                }
            }
        }
        if (byKey.size() > count) {
            gone(inventory).forEach(key -> replace(key, byKey.get(key), null, changes));
        }
        return changes;
    }

    private static Optional<ContainerFacts> networkOwner(ContainerFacts facts, EngineView engine) {
        return NetworkMode.of(facts) instanceof NetworkMode.OfContainer other
                ? Optional.ofNullable(engine.containers().get(other.containerId()))
                : Optional.of(facts);
    }

    private List<ContainerKey> gone(InventorySnapshot inventory) {
        Set<ContainerKey> gone = new HashSet<>(byKey.keySet());
        inventory
                .engines()
                .values()
                .forEach(engine -> engine.containers().values().forEach(facts -> gone.remove(facts.key())));
        return List.copyOf(gone);
    }

    private void replace(ContainerKey key, @Nullable Known before, @Nullable Known now, Changes changes) {
        if (now == null) {
            byKey.remove(key);
        } else {
            byKey.put(key, now);
        }
        if (now == null || (now.findings().isEmpty() && !now.cold())) {
            noteworthy.remove(key);
        } else {
            noteworthy.put(key, now);
        }
        List<Candidate> servedBefore = before == null ? List.of() : before.served();
        List<Candidate> servedNow = now == null ? List.of() : now.served();
        if (!servedNow.equals(servedBefore)) {
            changes.gone().addAll(servedBefore);
            changes.come().addAll(servedNow);
        }
    }
}
