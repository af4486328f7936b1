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
import org.jspecify.annotations.Nullable;

/**
 * One connection to an engine: its own containers and, as long as it manages a swarm, those of tasks. The two are independent of each
 * other: a swarm that cannot be asked leaves the engine's own containers as they are.
 */
public final class EngineConnection implements AutoCloseable {

    /** A swarm that has lost its leader has another one sooner. */
    private static final Duration SWARM_LIMIT = Duration.ofSeconds(10);

    private final EngineClient engine;
    private final TaskProvider.@Nullable Factory factory;
    private volatile @Nullable TaskProvider tasks;

    /** Makes connections to one engine. */
    public interface Connector {

        /** A new connection; does not necessarily contact the engine. Certificates are read anew each time. */
        EngineConnection connect() throws IOException;
    }

    /** A connection for which only the engine's own containers are of interest. */
    public EngineConnection(EngineClient engine) {
        this(engine, null);
    }

    /**
     * A connection for which tasks are of interest too.
     *
     * @param engine closed with this
     */
    public EngineConnection(EngineClient engine, TaskProvider.@Nullable Factory factory) {
        this.engine = engine;
        this.factory = factory;
    }

    /** The engine without its swarm. */
    EngineClient engine() {
        return engine;
    }

    /** Whether the engine may manage a swarm that is not followed yet. */
    boolean awaitsSwarm() {
        return factory != null && tasks == null;
    }

    /**
     * The ids of all containers that run, paused or not. Whether the engine manages a swarm is asked anew each time. For one thread.
     *
     * @param listener is told of changes of tasks
     */
    Set<String> list(TaskProvider.Listener listener) throws IOException {
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
            if (provider != null) {
                provider.close();
            }
            from.forget();
            return Set.of();
        }
        if (provider == null) {
            provider = from.create(engine, listener);
            tasks = provider;
        }
        return provider.list(state == SwarmState.MANAGER ? SWARM_LIMIT : Duration.ZERO);
    }

    /** A manager that waits for its swarm is slow to say what it is. */
    private SwarmState state() throws IOException {
        try {
            return EngineCallTimeout.within("info", SWARM_LIMIT, engine::swarmState);
        } catch (InterruptedIOException end) {
            throw end;
        } catch (IOException unknown) {
            return SwarmState.UNAVAILABLE;
        }
    }

    /** Inspects a container, be it a task's or the engine's own; empty if there is none with this id or name, or none of interest. */
    Optional<ContainerInspection> inspect(String container) throws IOException {
        TaskProvider provider = tasks;
        if (provider != null) {
            return provider.inspect(container);
        }
        return factory != null && factory.isTasksOnly() ? Optional.empty() : engine.inspect(container);
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
