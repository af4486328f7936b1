package io.interlock.app.topology;

import io.interlock.app.config.TopologyLimits;
import io.interlock.app.inventory.ContainerKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Limits what containers ask for together. While everything fits, an update costs what it touches; otherwise containers
 * are reduced or left out, each with a finding, by rules that depend on the current containers alone. Confined to one
 * thread. A budget that threw an exception must not be used again.
 */
public final class TopologyBudget {

    private final Map<ContainerKey, ContainerDemand> demands = new HashMap<>();
    private final Map<String, Long> namesByEngine = new HashMap<>();
    private long expressions;
    private long hashing;
    private TopologyLimits limits = TopologyLimits.DEFAULT;
    private Map<ContainerKey, InterpretedContainer> reduced = Map.of();

    /**
     * Takes over the changes of containers.
     *
     * @param nowAllowed the operator's limits
     * @return the changes of what the containers get
     */
    public InterpretationUpdate update(InterpretationUpdate update, TopologyLimits nowAllowed) {
        limits = nowAllowed;
        update.changed().forEach(this::replace);
        if (fits() && reduced.isEmpty()) {
            return update;
        }
        Map<ContainerKey, InterpretedContainer> before = reduced;
        reduced = fits() ? Map.of() : BudgetAllocator.allocate(demands.values(), limits);
        Set<ContainerKey> concerned = new HashSet<>(before.keySet());
        concerned.addAll(reduced.keySet());
        Map<ContainerKey, Optional<InterpretedContainer>> changed = new HashMap<>(update.changed());
        for (ContainerKey key : concerned) {
            ContainerDemand demand = demands.get(key);
            boolean differs = update.changed().containsKey(key) || !Objects.equals(before.get(key), reduced.get(key));
            if (demand != null && differs) {
                changed.put(key, Optional.of(reduced.getOrDefault(key, demand.container())));
            }
        }
        return new InterpretationUpdate(changed);
    }

    private void replace(ContainerKey key, Optional<InterpretedContainer> now) {
        ContainerDemand before = demands.remove(key);
        if (before != null) {
            count(before, -1);
        }
        now.filter(container -> !container.candidates().isEmpty())
                .map(ContainerDemand::of)
                .ifPresent(demand -> {
                    demands.put(key, demand);
                    count(demand, 1);
                });
    }

    private void count(ContainerDemand demand, int sign) {
        namesByEngine.merge(
                demand.key().engineId(), (long) sign * demand.names().size(), Long::sum);
        expressions += (long) sign * demand.expressions().size();
        hashing += sign * demand.hashing();
    }

    /** Whether everything fits, even if no two containers ask for the same; nothing needs a closer look then. */
    private boolean fits() {
        return expressions <= limits.expressions()
                && hashing <= limits.passwordHashingPerContainer() * ContainerDemand.MICROSECONDS
                && namesByEngine.values().stream().allMatch(names -> names <= limits.namesPerEngine());
    }
}
