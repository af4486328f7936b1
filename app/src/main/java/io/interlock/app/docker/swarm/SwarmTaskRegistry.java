package io.interlock.app.docker.swarm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The tasks whose containers run, as last seen, by container. Each look at the swarm is compared with it; what differs is to be
 * inspected. Does no I/O. Safe for all threads.
 */
final class SwarmTaskRegistry {

    private final Map<String, SwarmTask> byContainer = new HashMap<>();
    /** Containers of those that are being stopped: no look at what is wanted shows them any more. */
    private final Set<String> leaving = new HashSet<>();

    /**
     * Takes in what a look at the tasks that are meant to run showed.
     *
     * @param wanted what was found; those whose containers do not run yet are left out
     * @param lookedFor which tasks the look would have shown
     * @return the containers of tasks that are new, different, or wanted no more
     */
    synchronized Set<String> saw(Collection<SwarmTask> wanted, Predicate<SwarmTask> lookedFor) {
        Set<String> different = new LinkedHashSet<>();
        Set<String> present = new HashSet<>();
        for (SwarmTask task : wanted) {
            if (task.runs() && lookedFor.test(task)) {
                present.add(task.containerId());
                boolean isBack = leaving.remove(task.containerId());
                if (!task.equals(byContainer.put(task.containerId(), task)) || isBack) {
                    different.add(task.containerId());
                }
            }
        }
        byContainer.forEach((container, task) -> {
            if (lookedFor.test(task) && !present.contains(container) && leaving.add(container)) {
                different.add(container);
            }
        });
        return different;
    }

    /** The ids of tasks that are being stopped. */
    synchronized List<String> leaving() {
        List<String> ids = new ArrayList<>();
        for (String container : leaving) {
            SwarmTask task = byContainer.get(container);
            if (task != null) {
                ids.add(task.id());
            }
        }
        return ids;
    }

    /**
     * Takes in what a look at tasks that are being stopped showed.
     *
     * @param asked their ids
     * @return the containers of those that are different, or gone
     */
    synchronized Set<String> sawLeaving(Collection<String> asked, Collection<SwarmTask> found) {
        Map<String, SwarmTask> byId = HashMap.newHashMap(found.size());
        found.forEach(task -> byId.put(task.id(), task));
        Set<String> different = new LinkedHashSet<>();
        byContainer.replaceAll((container, before) -> {
            SwarmTask now = byId.get(before.id());
            if (!asked.contains(before.id()) || before.equals(now)) {
                return before;
            }
            different.add(container);
            return now != null && now.containerId().equals(container) ? now : before;
        });
        return different;
    }

    synchronized Optional<SwarmTask> of(String container) {
        return Optional.ofNullable(byContainer.get(container));
    }

    synchronized Set<String> containers() {
        return Set.copyOf(byContainer.keySet());
    }

    /** The containers of tasks of which this is true. */
    synchronized Set<String> containers(Predicate<SwarmTask> which) {
        Set<String> containers = new LinkedHashSet<>();
        byContainer.forEach((container, task) -> {
            if (which.test(task)) {
                containers.add(container);
            }
        });
        return containers;
    }

    /** A task whose container was found to run. */
    synchronized void put(SwarmTask task) {
        byContainer.put(task.containerId(), task);
        if (!task.desired()) {
            leaving.add(task.containerId());
        }
    }

    /** Its container has ended, or is no task's any more. */
    synchronized void remove(String container) {
        byContainer.remove(container);
        leaving.remove(container);
    }
}
