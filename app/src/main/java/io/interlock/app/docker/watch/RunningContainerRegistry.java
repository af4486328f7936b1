package io.interlock.app.docker.watch;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.inventory.ContainerFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Registry of the running containers of one engine. What they say in total is limited: beyond the limit, those that say
 * most lose their data, so that they are left out and ordinary ones are not. Not safe for several threads.
 */
final class RunningContainerRegistry {

    /** Maximum size of the facts about the containers of one engine. */
    static final long MAX_COST = 16_000_000;

    private final Map<String, RunningContainer> byId = new HashMap<>();
    private final TreeSet<RunningContainer> byCost = new TreeSet<>(Comparator.comparingLong(RunningContainer::cost)
            .thenComparing(container -> container.inspection().facts().key().containerId()));
    private final long maxCost;
    private long total;

    /** A running container, and the resync during or after which it was inspected. */
    record RunningContainer(ContainerInspection inspection, int round, long cost) {}

    RunningContainerRegistry(long maxCost) {
        this.maxCost = maxCost;
    }

    @Nullable RunningContainer get(String id) {
        return byId.get(id);
    }

    boolean contains(String id) {
        return byId.containsKey(id);
    }

    int size() {
        return byId.size();
    }

    Set<String> ids() {
        return Set.copyOf(byId.keySet());
    }

    Collection<RunningContainer> all() {
        return byId.values();
    }

    /** Adds or replaces a container. Returns what is different now: the container, and those that lost their data. */
    Collection<ContainerInspection> put(String id, ContainerInspection inspection, int round) {
        set(id, inspection, round, inspection.facts().size());
        List<ContainerInspection> different = new ArrayList<>();
        while (total > maxCost && byCost.last().cost() > ContainerFacts.BASE_SIZE) {
            RunningContainer largest = byCost.last();
            String its = largest.inspection().facts().key().containerId();
            ContainerInspection without = largest.inspection()
                    .withFacts(withoutData(largest.inspection().facts()));
            set(its, without, largest.round(), ContainerFacts.BASE_SIZE);
            if (!its.equals(id)) {
                different.add(without);
            }
        }
        different.add(Objects.requireNonNull(byId.get(id)).inspection());
        return different;
    }

    private void set(String id, ContainerInspection inspection, int round, long cost) {
        boolean unused = remove(id);
        RunningContainer container = new RunningContainer(inspection, round, cost);
        byId.put(id, container);
        byCost.add(container);
        total += cost;
    }

    /** Removes a container; false if it is not there. */
    boolean remove(String id) {
        RunningContainer container = byId.remove(id);
        if (container == null) {
            return false;
        }
        byCost.remove(container);
        total -= container.cost();
        return true;
    }

    private static ContainerFacts withoutData(ContainerFacts facts) {
        return facts.withoutData("labels and data of all containers of the engine, of which this one has most");
    }
}
