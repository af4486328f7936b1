package io.interlock.app.docker.swarm;

import io.interlock.app.docker.client.ContainerInspection;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was last seen of a swarm. Outlives connections, since a swarm that cannot be asked still serves. Safe for all threads. */
public final class SwarmView {

    private final Map<String, SwarmService> services = new ConcurrentHashMap<>();
    private final Map<String, SwarmNode> nodes = new ConcurrentHashMap<>();
    private final Map<String, ContainerInspection> inspections = new ConcurrentHashMap<>();
    private final SwarmTaskRegistry tasks = new SwarmTaskRegistry();

    /** The services whose tasks are of interest, by id. */
    Map<String, SwarmService> services() {
        return services;
    }

    /** Takes in a list of services. At no time is a service missing that is in the list and was known before. */
    void replaceServices(Collection<SwarmService> listed) {
        Map<String, SwarmService> now =
                listed.stream().collect(Collectors.toMap(SwarmService::id, Function.identity(), (one, other) -> other));
        services.keySet().retainAll(now.keySet());
        services.putAll(now);
    }

    /** The nodes that were asked for, by id. */
    Map<String, SwarmNode> nodes() {
        return nodes;
    }

    SwarmTaskRegistry tasks() {
        return tasks;
    }

    Set<String> containers() {
        return tasks.containers();
    }

    /** The container of a task was inspected and runs. */
    void put(SwarmTask task, ContainerInspection inspection) {
        tasks.put(task);
        inspections.put(task.containerId(), inspection);
    }

    /** What the last inspect of a task's container said. */
    Optional<ContainerInspection> inspection(String container) {
        @Nullable ContainerInspection last = inspections.get(container);
        return Optional.ofNullable(last);
    }

    /** The container has ended, or is no task's any more. */
    void remove(String container) {
        tasks.remove(container);
        inspections.remove(container);
    }

    void clear() {
        containers().forEach(this::remove);
        services.clear();
        nodes.clear();
    }
}
