package io.interlock.app.topology;

import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.NetworkMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cache of the interpretation of every container. An update interprets only those containers again whose facts changed.
 * Confined to one thread. A cache that threw an exception must not be used again.
 */
public final class InterpretationCache {

    private final Map<String, OfEngine> engines = new HashMap<>();
    private boolean severalEngines;
    private ContainerPolicy policy = ContainerPolicy.DEFAULT;

    /** Containers of one engine, by their ids. */
    private static final class OfEngine {
        private final Map<String, Entry> entries = new HashMap<>();
        /** Ids of the containers whose interpretation depends on the facts of another container. */
        private final Set<String> inOtherNetworks = new HashSet<>();

        private long view = EngineSnapshot.Delta.NOWHERE;
        private @Nullable NetworkLocation networkLocation;
    }

    private record Entry(ContainerInterpreter.Input input, InterpretedContainer container) {}

    /**
     * Takes over the containers of all engines.
     *
     * @param nowAllowed the operator's policy for containers
     * @return the containers whose interpretation differs from the previous update
     */
    public InterpretationUpdate update(InventorySnapshot inventory, ContainerPolicy nowAllowed) {
        InterpretationUpdate update = InterpretationUpdate.empty();
        boolean several = inventory.engines().keySet().stream()
                        .filter(id -> !id.equals(ContainerKey.SERVICES))
                        .count()
                > 1;
        boolean allChange = several != severalEngines || !nowAllowed.equals(policy);
        severalEngines = several;
        policy = nowAllowed;
        for (EngineSnapshot engine : inventory.engines().values()) {
            OfEngine before = engines.computeIfAbsent(engine.engineId(), any -> new OfEngine());
            for (String id : toInterpret(engine, before, allChange)) {
                interpret(engine, before, id, update);
            }
            before.view = engine.delta().to();
            before.networkLocation = engine.location();
        }
        for (String engineId : Set.copyOf(engines.keySet())) {
            if (!inventory.engines().containsKey(engineId)) {
                Objects.requireNonNull(engines.remove(engineId))
                        .entries
                        .keySet()
                        .forEach(id -> update.changed().put(new ContainerKey(engineId, id), Optional.empty()));
            }
        }
        return update;
    }

    /** Returns the ids of the containers whose interpretation may differ. */
    private static Set<String> toInterpret(EngineSnapshot engine, OfEngine before, boolean allChange) {
        EngineSnapshot.Delta step = engine.delta();
        boolean follows = before.view != EngineSnapshot.Delta.NOWHERE
                && (before.view == step.from() || before.view == step.to())
                && engine.location().equals(before.networkLocation)
                && !allChange;
        Set<String> ids = new HashSet<>(follows ? before.inOtherNetworks : before.entries.keySet());
        if (!follows) {
            ids.addAll(engine.containers().keySet());
        } else if (before.view == step.from()) {
            ids.addAll(step.containers());
        }
        return ids;
    }

    private void interpret(EngineSnapshot engine, OfEngine of, String id, InterpretationUpdate update) {
        ContainerFacts facts = engine.containers().get(id);
        ContainerKey key = new ContainerKey(engine.engineId(), id);
        Entry before = of.entries.get(id);
        if (facts == null) {
            of.inOtherNetworks.remove(id);
            if (of.entries.remove(id) != null) {
                update.changed().put(key, Optional.empty());
            }
            return;
        }
        ContainerInterpreter.Input input = new ContainerInterpreter.Input(
                facts, networkOwner(facts, engine), engine.location(), severalEngines, policy);
        if (before != null && before.input().equals(input)) {
            return;
        }
        InterpretedContainer now = ContainerInterpreter.interpret(input);
        of.entries.put(id, new Entry(input, now));
        if (input.isInItsOwnNetwork()) {
            of.inOtherNetworks.remove(id);
        } else {
            of.inOtherNetworks.add(id);
        }
        if (before == null || !before.container().equals(now)) {
            update.changed().put(key, Optional.of(now));
        }
    }

    private static Optional<ContainerFacts> networkOwner(ContainerFacts facts, EngineSnapshot engine) {
        return NetworkMode.of(facts) instanceof NetworkMode.OfContainer other
                ? Optional.ofNullable(engine.containers().get(other.containerId()))
                : Optional.of(facts);
    }
}
