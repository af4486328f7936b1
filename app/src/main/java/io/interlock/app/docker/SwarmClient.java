package io.interlock.app.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.Inspection.TaskRef;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine that may manage a swarm: tasks of the swarm's services, on whatever node they run, appear as if they were containers of
 * the engine. So everything that holds for containers holds for them: events are hints, what counts is an inspect.
 */
final class SwarmClient implements EngineClient {

    private static final Logger log = LoggerFactory.getLogger(SwarmClient.class);

    /** A swarm that has lost its leader has another one sooner. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String engineId;
    private final EngineClient engine;
    private final Swarm swarm;
    private final TaskReader reader;
    private final boolean tasksAlone;

    /** Those whose tasks are of interest. */
    private final Map<String, SwarmService> services = new ConcurrentHashMap<>();

    private final Map<String, SwarmNode> nodes = new ConcurrentHashMap<>();
    private final SwarmTasks tasks = new SwarmTasks();
    /** Services of which a container was seen before its task was. */
    private final Queue<String> moving = new ConcurrentLinkedQueue<>();
    /** One look at a time, so that an older answer is not taken for a newer one. */
    private final Lock looking = new ReentrantLock();

    private volatile boolean manages;

    /**
     * @param engine closed with this
     * @param tasksAlone whether only tasks are of interest, and those of all services; otherwise the engine's own containers are too,
     *     and tasks only of services that carry labels of ours
     */
    SwarmClient(String engineId, EngineClient engine, Swarm swarm, TaskReader reader, boolean tasksAlone) {
        this.engineId = engineId;
        this.engine = engine;
        this.swarm = swarm;
        this.reader = reader;
        this.tasksAlone = tasksAlone;
    }

    @Override
    public EngineClient own() {
        return engine;
    }

    @Override
    public void ping() throws IOException {
        engine.ping();
    }

    @Override
    public Events subscribe() throws IOException {
        return SwarmWatch.start(this, engine.subscribe(), swarm, PATIENCE);
    }

    @Override
    public List<String> runningContainers() throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        listServices();
        nodes.clear();
        Set<String> unused = lookAtAll();
        ids.addAll(tasks.containers());
        if (!tasksAlone) {
            ids.addAll(engine.runningContainers());
        }
        return List.copyOf(ids);
    }

    private void listServices() throws IOException {
        Optional<List<SwarmService>> all = swarm.services();
        if (all.isEmpty() && tasksAlone) {
            throw new IOException(
                    "it does not tell of services, as engine.mode \"swarm\" needs: it manages no swarm, or what"
                            + " stands before it does not let GET /services, /tasks and /nodes pass");
        }
        if (all.isPresent() && !manages) {
            log.info(
                    "engine {}: manages a swarm; {} of its {} services are watched",
                    engineId,
                    all.get().stream().filter(this::isOfInterest).count(),
                    all.get().size());
        }
        manages = all.isPresent();
        services.clear();
        all.orElse(List.of()).stream()
                .filter(this::isOfInterest)
                .forEach(service -> services.put(service.id(), service));
    }

    private boolean isOfInterest(SwarmService service) {
        return tasksAlone || !service.labels().isEmpty();
    }

    @Override
    public Optional<Inspection> inspect(String container) throws IOException {
        Optional<SwarmTask> known = tasks.of(container);
        if (known.isPresent()) {
            return inspectTask(container, known.get().id());
        }
        Optional<Inspection> own = engine.inspect(container);
        Optional<TaskRef> task = own.flatMap(Inspection::task).filter(named -> services.containsKey(named.serviceId()));
        if (task.isPresent()) {
            moving.add(task.get().serviceId());
            return inspectTask(container, task.get().taskId());
        }
        return tasksAlone ? Optional.empty() : own;
    }

    private Optional<Inspection> inspectTask(String container, String taskId) throws IOException {
        Optional<JsonNode> json = swarm.task(taskId);
        SwarmTask task = json.map(SwarmTask::read)
                .filter(it -> it.containerId().equals(container))
                .orElse(null);
        SwarmService service = task == null ? null : services.get(task.serviceId());
        if (json.isEmpty() || task == null || service == null) {
            tasks.remove(container);
            return task == null || tasksAlone ? Optional.empty() : engine.inspect(container);
        }
        Inspection inspection = reader.read(json.get(), service, node(task.nodeId()));
        if (inspection.running()) {
            tasks.put(task);
        } else {
            tasks.remove(container);
        }
        return Optional.of(inspection);
    }

    private Optional<SwarmNode> node(String id) throws IOException {
        SwarmNode known = nodes.get(id);
        if (known != null || id.isEmpty()) {
            return Optional.ofNullable(known);
        }
        Optional<SwarmNode> found = swarm.node(id);
        found.ifPresent(node -> nodes.put(id, node));
        return found;
    }

    /** The containers that are to be inspected because of a change. */
    Set<String> containersOf(Swarm.Change change) throws IOException {
        if (!manages) {
            // It may have become a manager.
            listServices();
            return lookAtAll();
        }
        return switch (change.kind()) {
            case SERVICE -> serviceChanged(change.id());
            case NODE -> nodeChanged(change.id());
        };
    }

    private Set<String> serviceChanged(String id) throws IOException {
        Optional<SwarmService> now = swarm.service(id).filter(this::isOfInterest);
        SwarmService before = now.isPresent() ? services.put(id, now.get()) : services.remove(id);
        boolean same = before != null
                && now.map(SwarmService::settled)
                        .filter(before.settled()::equals)
                        .isPresent();
        return same ? Set.of() : tasks.containers(task -> task.serviceId().equals(id));
    }

    private Set<String> nodeChanged(String id) throws IOException {
        SwarmNode before = nodes.get(id);
        if (before == null) {
            return Set.of();
        }
        // What is known is kept until there is an answer: after a failure it is compared again.
        Optional<SwarmNode> now = swarm.node(id);
        now.ifPresentOrElse(node -> nodes.put(id, node), () -> nodes.remove(id));
        boolean same = now.filter(before::equals).isPresent();
        return same ? Set.of() : tasks.containers(task -> task.nodeId().equals(id));
    }

    /** Whether something is going on with a service for as long as nobody says otherwise. */
    boolean isUpdating(String serviceId) {
        SwarmService service = services.get(serviceId);
        return service != null && service.updating();
    }

    /** A service of which a container was seen before its task was, once; null if there is none. */
    @Nullable String nextMoving() {
        return moving.poll();
    }

    /** The service whose task this container is. */
    Optional<String> serviceOf(String container) {
        return tasks.of(container).map(SwarmTask::serviceId);
    }

    /** Looks at a service's tasks; the containers that are to be inspected because of it. */
    Set<String> lookAt(String serviceId) throws IOException {
        if (!services.containsKey(serviceId)) {
            return Set.of();
        }
        looking.lock();
        try {
            return tasks.saw(swarm.wantedOf(serviceId), task -> task.serviceId().equals(serviceId));
        } finally {
            looking.unlock();
        }
    }

    /** As {@link #lookAt}, at those that are being stopped. */
    Set<String> lookAtLeaving() throws IOException {
        looking.lock();
        try {
            List<String> leaving = tasks.leaving();
            return leaving.isEmpty() ? Set.of() : tasks.sawLeaving(leaving, swarm.tasks(leaving));
        } finally {
            looking.unlock();
        }
    }

    /** As {@link #lookAt}, at all. */
    Set<String> lookAtAll() throws IOException {
        if (services.isEmpty()) {
            return Set.of();
        }
        looking.lock();
        try {
            return tasks.saw(swarm.wanted(), task -> services.containsKey(task.serviceId()));
        } finally {
            looking.unlock();
        }
    }

    @Override
    public List<String> bridgeInterfaces() throws IOException {
        return engine.bridgeInterfaces();
    }

    @Override
    public void close() {
        engine.close();
    }
}
