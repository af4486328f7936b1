package io.interlock.app.topology;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.EngineView;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.Vantage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Map<String, OfEngine> engines = new HashMap<>();
    private boolean severalEngines;
    /** Most have nothing to tell. */
    private final TreeMap<ContainerKey, Known> noteworthy = new TreeMap<>();

    private List<Finding> findings = List.of();
    private List<WarmUp> warmUps = List.of();
    private boolean told = true;

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

    /** What is known of an engine's containers, by their ids. */
    private static final class OfEngine {
        private final Map<String, Known> known = new HashMap<>();
        /** Those of which something may change though their facts do not. */
        private final Set<String> unsettled = new HashSet<>();

        private long view = EngineView.Step.NOWHERE;
        private @Nullable Vantage vantage;
    }

    /** What there is to say, as of the last update, by container. The same object as long as nothing changed. */
    List<Finding> findings() {
        gather();
        return findings;
    }

    /** Who is to be waited for, as of the last update. The same object as long as nothing changed. */
    List<WarmUp> warmUps() {
        gather();
        return warmUps;
    }

    private void gather() {
        if (!told) {
            findings = noteworthy.values().stream()
                    .flatMap(known -> known.findings().stream())
                    .toList();
            warmUps = noteworthy.values().stream()
                    .flatMap(known -> known.warmUps().stream())
                    .toList();
            told = true;
        }
    }

    Changes update(InventorySnapshot inventory, Admission admission) {
        Changes changes = new Changes(new HashSet<>(), new ArrayList<>());
        boolean several = inventory.engines().size() > 1;
        boolean otherwise = several != severalEngines;
        severalEngines = several;
        for (EngineView engine : inventory.engines().values()) {
            OfEngine before = engines.computeIfAbsent(engine.engineId(), any -> new OfEngine());
            for (String id : concerned(engine, before, otherwise)) {
                update(engine, before, id, admission, changes);
            }
            before.view = engine.step().to();
            before.vantage = engine.vantage();
        }
        for (String engineId : Set.copyOf(engines.keySet())) {
            if (!inventory.engines().containsKey(engineId)) {
                OfEngine gone = Objects.requireNonNull(engines.remove(engineId));
                List.copyOf(gone.known.keySet())
                        .forEach(id -> replace(gone, new ContainerKey(engineId, id), null, changes));
            }
        }
        return changes;
    }

    /** Whose state may be another one. */
    private static Set<String> concerned(EngineView engine, OfEngine before, boolean otherwise) {
        EngineView.Step step = engine.step();
        boolean follows = before.view != EngineView.Step.NOWHERE
                && (before.view == step.from() || before.view == step.to())
                && engine.vantage().equals(before.vantage)
                && !otherwise;
        Set<String> concerned = new HashSet<>(follows ? before.unsettled : before.known.keySet());
        if (!follows) {
            concerned.addAll(engine.containers().keySet());
        } else if (before.view == step.from()) {
            concerned.addAll(step.containers());
        }
        return concerned;
    }

    private void update(EngineView engine, OfEngine of, String id, Admission admission, Changes changes) {
        ContainerFacts facts = engine.containers().get(id);
        ContainerKey key = new ContainerKey(engine.engineId(), id);
        Known before = of.known.get(id);
        if (facts == null) {
            replace(of, key, null, changes);
            return;
        }
        Interpreter.Input input =
                new Interpreter.Input(facts, networkOwner(facts, engine), engine.vantage(), severalEngines, terms);
        Known now = before == null ? Known.of(input, admission) : before.refreshed(input, admission);
        if (!now.equals(before)) {
            replace(of, key, now, changes);
        }
    }

    private static Optional<ContainerFacts> networkOwner(ContainerFacts facts, EngineView engine) {
        return NetworkMode.of(facts) instanceof NetworkMode.OfContainer other
                ? Optional.ofNullable(engine.containers().get(other.containerId()))
                : Optional.of(facts);
    }

    private void replace(OfEngine of, ContainerKey key, @Nullable Known now, Changes changes) {
        String id = key.containerId();
        Known before = now == null ? of.known.remove(id) : of.known.put(id, now);
        if (now == null || now.isSettled()) {
            of.unsettled.remove(id);
        } else {
            of.unsettled.add(id);
        }
        if (now == null || (now.findings().isEmpty() && !now.cold())) {
            told &= noteworthy.remove(key) == null;
        } else {
            noteworthy.put(key, now);
            told = false;
        }
        List<Candidate> servedBefore = before == null ? List.of() : before.served();
        List<Candidate> servedNow = now == null ? List.of() : now.served();
        if (!servedNow.equals(servedBefore)) {
            changes.gone().addAll(servedBefore);
            changes.come().addAll(servedNow);
        }
    }
}
