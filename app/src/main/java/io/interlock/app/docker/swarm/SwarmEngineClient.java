package io.interlock.app.docker.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.config.ownership.OwnerSelector;
import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.ContainerInspection.TaskRef;
import io.interlock.app.docker.client.EngineClient;
import io.interlock.util.CountText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Client that shows the tasks of a swarm's services, on all nodes, as containers of the engine that manages the swarm.
 * The same rules apply to them as to containers: events are hints, and only an inspect counts. Safe for all threads,
 * except {@link #refresh} and the other methods that refresh, which are for one thread.
 */
final class SwarmEngineClient {

    /** Labels that every service of a stack has, for Interlock or not. */
    private static final Set<String> OF_PLATFORM = Set.of(OwnerSelector.PROJECT_LABEL, OwnerSelector.STACK_LABEL);

    private static final Logger log = LoggerFactory.getLogger("engine");

    /** Later ones are inspected again at the next resync. */
    private static final int MAX_UNDECIDED = 1_000;

    private final String engineId;
    private final EngineClient engine;
    private final SwarmApi swarm;
    private final SwarmTaskReader reader;
    private final boolean tasksOnly;
    private final SwarmView view;

    /** Services with a container that was seen before its task. */
    private final Set<String> moving = ConcurrentHashMap.newKeySet();

    /** Containers of tasks that were inspected as the engine's own, because the swarm was not known yet. */
    private final Set<String> undecided = ConcurrentHashMap.newKeySet();

    private volatile boolean available;

    /**
     * @param engine asked for its own containers; not closed by this object
     * @param tasksOnly whether only tasks are of interest, and those of all services; otherwise the engine's own
     *     containers are of interest, too, and only tasks of services with Interlock's labels
     * @param view data that earlier connections have seen
     */
    SwarmEngineClient(
            String engineId,
            EngineClient engine,
            SwarmApi swarm,
            SwarmTaskReader reader,
            boolean tasksOnly,
            SwarmView view) {
        this.engineId = engineId;
        this.engine = engine;
        this.swarm = swarm;
        this.reader = reader;
        this.tasksOnly = tasksOnly;
        this.view = view;
    }

    /** Asks for all services and all tasks. {@link #containers} returns the result. */
    void refresh() throws IOException {
        listServices();
        refreshAll();
        // A later inspect of a task asks for its node again.
        view.nodes().clear();
        available = true;
    }

    /** Records that the swarm does not answer. Until the next {@link #refresh}, the data that was seen last applies. */
    void unavailable() {
        available = false;
    }

    /** Returns the containers of tasks, as last seen. */
    Set<String> containers() {
        return view.containers();
    }

    private void listServices() throws IOException {
        Optional<List<SwarmService>> all = services();
        if (all.isEmpty()) {
            view.clear();
            return;
        }
        List<SwarmService> watched =
                all.get().stream().filter(this::isOfInterest).toList();
        if (!available) {
            log.info(
                    "engine {}: manages a swarm; watches {} of {}",
                    engineId,
                    watched.size(),
                    CountText.of(all.get().size(), "service"));
        }
        view.replaceServices(watched);
    }

    /** Asks for all services; empty if the engine manages no swarm, or does not let the question pass. */
    private Optional<List<SwarmService>> services() throws IOException {
        Optional<List<SwarmService>> all = swarm.services();
        if (all.isPresent()) {
            return all;
        }
        if (tasksOnly) {
            throw new IOException(
                    "it does not tell of services, as engine.mode \"swarm\" needs: it manages no swarm, or what"
                            + " stands before it does not let GET /services, /tasks and /nodes pass");
        }
        // A manager that is starting gives the same answer as an engine without a swarm.
        return switch (engine.swarmState()) {
            case NONE -> all;
            case UNAVAILABLE -> throw new IOException("list services: the engine does not know its swarm now");
            // Perhaps it has come to know its swarm since it was asked for services.
            case MANAGER -> swarm.services();
        };
    }

    private boolean isOfInterest(SwarmService service) {
        return tasksOnly || !OF_PLATFORM.containsAll(service.labels().keySet());
    }

    /** Inspects a container of a task or of the engine itself. */
    Optional<ContainerInspection> inspect(String container) throws IOException {
        Optional<SwarmTask> known = view.tasks().of(container);
        if (known.isPresent()) {
            return available ? inspectTask(container, known.get().id()) : inspectUnavailable(container);
        }
        Optional<ContainerInspection> own = engine.inspect(container);
        Optional<TaskRef> task = own.flatMap(ContainerInspection::task);
        if (task.isPresent() && isUndecided(container)) {
            return tasksOnly ? Optional.empty() : own;
        }
        if (task.filter(named -> view.services().containsKey(named.serviceId())).isPresent()) {
            moving.add(task.get().serviceId());
            return inspectTask(container, task.get().taskId());
        }
        return tasksOnly ? Optional.empty() : own;
    }

    /**
     * Records a container of a task if the swarm is not known. Either this thread sees that it is known meanwhile, or
     * the one that asks for the swarm sees the container.
     */
    private boolean isUndecided(String container) {
        if (available) {
            return false;
        }
        if (undecided.size() < MAX_UNDECIDED) {
            undecided.add(container);
        }
        return !available;
    }

    /**
     * Inspects a container of a task while the swarm does not answer. The engine knows the end of a container on its
     * own node. For all others, the last inspection applies.
     */
    private Optional<ContainerInspection> inspectUnavailable(String container) throws IOException {
        Optional<ContainerInspection> own = engine.inspect(container);
        if (own.isPresent() && !own.get().running()) {
            view.remove(container);
            return own;
        }
        Optional<ContainerInspection> last = view.inspection(container);
        if (last.isEmpty()) {
            throw new IOException("inspect " + container + ": the swarm cannot be asked for its task");
        }
        return last;
    }

    private Optional<ContainerInspection> inspectTask(String container, String taskId) throws IOException {
        Optional<JsonNode> json = swarm.task(taskId);
        SwarmTask task = json.map(SwarmTask::read)
                .filter(it -> it.containerId().equals(container))
                .orElse(null);
        SwarmService service = task == null ? null : view.services().get(task.serviceId());
        if (json.isEmpty() || task == null || service == null) {
            view.remove(container);
            return task == null || tasksOnly ? Optional.empty() : engine.inspect(container);
        }
        ContainerInspection inspection = reader.read(json.get(), service, node(task.nodeId()));
        if (inspection.running()) {
            view.put(task, inspection);
        } else {
            view.remove(container);
        }
        return Optional.of(inspection);
    }

    private Optional<SwarmNode> node(String id) throws IOException {
        SwarmNode known = view.nodes().get(id);
        if (known != null || id.isEmpty()) {
            return Optional.ofNullable(known);
        }
        Optional<SwarmNode> found = swarm.node(id);
        found.ifPresent(node -> view.nodes().put(id, node));
        return found;
    }

    /** Returns the containers that must be inspected because of a change. */
    Set<String> containersOf(SwarmApi.Change change) throws IOException {
        return switch (change.kind()) {
            case SERVICE -> serviceChanged(change.id());
            case NODE -> nodeChanged(change.id());
        };
    }

    private Set<String> serviceChanged(String id) throws IOException {
        Optional<SwarmService> now = swarm.service(id).filter(this::isOfInterest);
        SwarmService before = now.isPresent()
                ? view.services().put(id, now.get())
                : view.services().remove(id);
        boolean same = before != null
                && now.map(SwarmService::settled)
                        .filter(before.settled()::equals)
                        .isPresent();
        return same
                ? Set.of()
                : view.tasks().containers(task -> task.serviceId().equals(id));
    }

    private Set<String> nodeChanged(String id) throws IOException {
        SwarmNode before = view.nodes().get(id);
        if (before == null) {
            return Set.of();
        }
        // The known node stays until there is an answer, so that it is compared again after a failure.
        Optional<SwarmNode> now = swarm.node(id);
        now.ifPresentOrElse(
                node -> view.nodes().put(id, node), () -> view.nodes().remove(id));
        boolean same = now.filter(before::equals).isPresent();
        return same ? Set.of() : view.tasks().containers(task -> task.nodeId().equals(id));
    }

    /** Whether the tasks of a service are being replaced, according to its last known state. */
    boolean isUpdating(String serviceId) {
        SwarmService service = view.services().get(serviceId);
        return service != null && service.updating();
    }

    /** Returns the services with a container that was seen before its task, each only once. */
    Set<String> takeMoving() {
        return take(moving);
    }

    /** Returns the containers that must be inspected again once the swarm is known, each only once. */
    Set<String> takeUndecided() {
        return take(undecided);
    }

    private static Set<String> take(Set<String> from) {
        Set<String> taken = Set.copyOf(from);
        from.removeAll(taken);
        return taken;
    }

    /** Returns the service of the container's task. */
    Optional<String> serviceOf(String container) {
        return view.tasks().of(container).map(SwarmTask::serviceId);
    }

    /** Polls the tasks of a service. Returns the containers that must be inspected because of the result. */
    Set<String> refresh(String serviceId) throws IOException {
        if (!view.services().containsKey(serviceId)) {
            return Set.of();
        }
        return view.tasks()
                .saw(swarm.desiredTasksOf(serviceId), task -> task.serviceId().equals(serviceId));
    }

    /** Polls the tasks that are being stopped, as {@link #refresh} does. */
    Set<String> refreshLeaving() throws IOException {
        List<String> leaving = view.tasks().leaving();
        return leaving.isEmpty() ? Set.of() : view.tasks().sawLeaving(leaving, swarm.tasks(leaving));
    }

    /** Polls all tasks, as {@link #refresh} does. */
    Set<String> refreshAll() throws IOException {
        if (view.services().isEmpty()) {
            return Set.of();
        }
        return view.tasks().saw(swarm.desiredTasks(), task -> view.services().containsKey(task.serviceId()));
    }
}
