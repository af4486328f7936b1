package io.interlock.app.docker.swarm;

import io.interlock.app.docker.client.ContainerInspection;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * State of a swarm, as last seen. Outlives connections, because a swarm that does not answer still serves. Safe for all
 * threads.
 */
public final class SwarmView {

    /** Maximum size of the inspections that are kept; the others are repeated when the swarm answers again. */
    private static final long MAX_SIZE = 16_000_000;

    private final Map<String, SwarmService> services = new ConcurrentHashMap<>();
    private final Map<String, SwarmNode> nodes = new ConcurrentHashMap<>();
    private final Map<String, ContainerInspection> inspections = new ConcurrentHashMap<>();
    private final AtomicLong size = new AtomicLong();
    private final SwarmTaskRegistry tasks = new SwarmTaskRegistry();

    /** Returns the services whose tasks are of interest, by id. */
    Map<String, SwarmService> services() {
        return services;
    }

    /**
     * Replaces the services by a new list. A service that was known before and is in the list is never missing
     * meanwhile.
     */
    void replaceServices(Collection<SwarmService> listed) {
        Map<String, SwarmService> now =
                listed.stream().collect(Collectors.toMap(SwarmService::id, Function.identity(), (one, other) -> other));
        services.keySet().retainAll(now.keySet());
        services.putAll(now);
    }

    /** Returns the nodes that were requested, by id. */
    Map<String, SwarmNode> nodes() {
        return nodes;
    }

    SwarmTaskRegistry tasks() {
        return tasks;
    }

    Set<String> containers() {
        return tasks.containers();
    }

    /** Records the inspection of a task's running container. */
    void put(SwarmTask task, ContainerInspection inspection) {
        tasks.put(task);
        forget(task.containerId());
        long added = inspection.facts().size();
        if (size.addAndGet(added) > MAX_SIZE || inspections.putIfAbsent(task.containerId(), inspection) != null) {
            size.addAndGet(-added);
        }
    }

    /** Returns the last inspection of a task's container. */
    Optional<ContainerInspection> inspection(String container) {
        @Nullable ContainerInspection last = inspections.get(container);
        return Optional.ofNullable(last);
    }

    /** Removes a container that ended or no longer belongs to a task. */
    void remove(String container) {
        tasks.remove(container);
        forget(container);
    }

    private void forget(String container) {
        ContainerInspection last = inspections.remove(container);
        if (last != null) {
            size.addAndGet(-last.facts().size());
        }
    }

    void clear() {
        containers().forEach(this::remove);
        services.clear();
        nodes.clear();
    }
}
