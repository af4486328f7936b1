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
 * Registry of the tasks with a running container, as last seen, by container. Compares each poll of the swarm with its
 * content and returns the containers that must be inspected because they differ. Does no I/O. Safe for all threads.
 */
final class SwarmTaskRegistry {

    private final Map<String, SwarmTask> byContainer = new HashMap<>();
    /** Containers of tasks that are being stopped. A poll of desired tasks no longer shows them. */
    private final Set<String> leaving = new HashSet<>();

    /**
     * Takes over the result of a poll of the tasks that are meant to run.
     *
     * @param desired the tasks of the result; those whose container does not run yet are ignored
     * @param lookedFor selects the tasks that the poll covers
     * @return the containers of tasks that are new, different, or no longer desired
     */
    synchronized Set<String> saw(Collection<SwarmTask> desired, Predicate<SwarmTask> lookedFor) {
        Set<String> different = new LinkedHashSet<>();
        Set<String> present = new HashSet<>();
        for (SwarmTask task : desired) {
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

    /** Returns the ids of the tasks that are being stopped. */
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
     * Takes over the result of a poll of the tasks that are being stopped.
     *
     * @param asked their ids
     * @return the containers of tasks that are different or gone
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

    /** Returns the containers of the tasks that the predicate accepts. */
    synchronized Set<String> containers(Predicate<SwarmTask> which) {
        Set<String> containers = new LinkedHashSet<>();
        byContainer.forEach((container, task) -> {
            if (which.test(task)) {
                containers.add(container);
            }
        });
        return containers;
    }

    /** Adds a task with a running container. */
    synchronized void put(SwarmTask task) {
        byContainer.put(task.containerId(), task);
        if (!task.desired()) {
            leaving.add(task.containerId());
        }
    }

    /** Removes a container that ended or no longer belongs to a task. */
    synchronized void remove(String container) {
        byContainer.remove(container);
        leaving.remove(container);
    }
}
