package io.interlock.app.docker.watch;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.EngineCallTimeout;
import io.interlock.app.docker.client.EngineClient;
import io.interlock.app.docker.client.SwarmState;
import io.interlock.app.docker.client.TaskProvider;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an engine: its own containers and, while it manages a swarm, those of tasks. The two are
 * independent of each other: a swarm that does not answer leaves the engine's own containers as they are.
 */
public final class EngineConnection implements AutoCloseable {

    /** Longer than a swarm needs to elect a new leader. */
    private static final Duration SWARM_LIMIT = Duration.ofSeconds(10);

    private static final int MAX_UNDECIDED = 1_000;

    private final EngineClient engine;
    private final TaskProvider.@Nullable Factory factory;
    private final AttachmentEvidenceReader evidence;
    private volatile @Nullable TaskProvider tasks;

    /** Containers of tasks that were inspected as the engine's own since its role was last asked for. */
    private final Set<String> undecided = ConcurrentHashMap.newKeySet();

    /** Creates connections to one engine. */
    public interface Connector {

        /** Creates a connection; does not necessarily contact the engine. Reads the certificates again each time. */
        EngineConnection connect() throws IOException;
    }

    /** Creates a connection for which only the engine's own containers are of interest. */
    public EngineConnection(EngineClient engine) {
        this(engine, null, AttachmentEvidenceReader.NONE);
    }

    /**
     * Creates a connection.
     *
     * @param engine closed with this connection
     * @param factory creates the provider of tasks; absent if only the engine's own containers are of interest
     * @param evidence adds evidence to each inspected container
     */
    public EngineConnection(
            EngineClient engine, TaskProvider.@Nullable Factory factory, AttachmentEvidenceReader evidence) {
        this.engine = engine;
        this.factory = factory;
        this.evidence = evidence;
    }

    /** Returns the client of the engine without its swarm. */
    EngineClient engine() {
        return engine;
    }

    /** Whether the engine may manage a swarm that is not followed yet. */
    boolean awaitsSwarm() {
        return factory != null && tasks == null;
    }

    /**
     * Returns the ids of all running containers, paused or not. Asks each time whether the engine manages a swarm. For
     * one thread.
     *
     * @param listener receives changes of tasks
     */
    Set<String> list(TaskProvider.Listener listener) throws IOException {
        evidence.forget();
        Set<String> ids = new LinkedHashSet<>();
        if (factory != null) {
            ids.addAll(listTasks(factory, listener));
        }
        if (factory == null || !factory.isTasksOnly()) {
            ids.addAll(engine.runningContainers());
        }
        return ids;
    }

    private Set<String> listTasks(TaskProvider.Factory from, TaskProvider.Listener listener) throws IOException {
        SwarmState state = from.isTasksOnly() ? SwarmState.MANAGER : state();
        TaskProvider provider = tasks;
        if (state == SwarmState.NONE) {
            tasks = null;
            undecided.clear();
            if (provider != null) {
                provider.close();
            }
            from.forget();
            return Set.of();
        }
        if (provider == null) {
            provider = from.create(engine, listener);
            tasks = provider;
            inspectAgain(listener);
        }
        return provider.list(state == SwarmState.MANAGER ? SWARM_LIMIT : Duration.ZERO);
    }

    private void inspectAgain(TaskProvider.Listener listener) {
        Set<String> again = Set.copyOf(undecided);
        undecided.clear();
        listener.changed(again);
        if (again.size() >= MAX_UNDECIDED) {
            listener.outdated();
        }
    }

    /** Asks for the engine's role. A manager that waits for its swarm answers slowly. */
    private SwarmState state() throws IOException {
        try {
            return EngineCallTimeout.within("info", SWARM_LIMIT, engine::swarmState);
        } catch (InterruptedIOException end) {
            throw end;
        } catch (IOException unknown) {
            return SwarmState.UNAVAILABLE;
        }
    }

    /**
     * Inspects a container of a task or of the engine itself. Empty if there is none with this id or name, or it is of
     * no interest.
     */
    Optional<ContainerInspection> inspect(String container) throws IOException {
        Optional<ContainerInspection> answer = inspectAnywhere(container);
        return answer.isEmpty() ? answer : Optional.of(evidence.annotated(answer.get(), engine));
    }

    private Optional<ContainerInspection> inspectAnywhere(String container) throws IOException {
        TaskProvider provider = tasks;
        if (provider != null) {
            return provider.inspect(container);
        }
        if (factory == null) {
            return engine.inspect(container);
        }
        if (factory.isTasksOnly()) {
            return Optional.empty();
        }
        Optional<ContainerInspection> own = engine.inspect(container);
        if (own.flatMap(ContainerInspection::task).isPresent()) {
            if (undecided.size() < MAX_UNDECIDED) {
                undecided.add(container);
            }
            // Either this thread sees the provider, or the one that sets it sees the container.
            TaskProvider meanwhile = tasks;
            return meanwhile == null ? own : meanwhile.inspect(container);
        }
        return own;
    }

    @Override
    public void close() {
        TaskProvider provider = tasks;
        if (provider != null) {
            provider.close();
        }
        engine.close();
    }
}
