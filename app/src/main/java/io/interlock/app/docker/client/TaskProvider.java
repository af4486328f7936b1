package io.interlock.app.docker.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Provides the containers of a swarm's tasks, on all nodes, in addition to the own containers of the engine that
 * manages the swarm. Follows the swarm on its own threads until it is closed. Safe for all threads. Errors are as in
 * {@link EngineClient}.
 */
public interface TaskProvider extends AutoCloseable {

    /** Creates the providers of one engine, one after the other. */
    interface Factory {

        /** Whether only tasks are of interest, so that an engine without a swarm is of no use. */
        boolean isTasksOnly();

        /** Creates a provider, which contacts the engine at the first {@link TaskProvider#list}. */
        TaskProvider create(EngineClient engine, Listener listener);

        /** Forgets the data of earlier providers, because the engine no longer manages a swarm. */
        void forget();
    }

    /** Receives the changes that a provider finds. Its methods must return soon and throw nothing. */
    interface Listener {

        /** Reports containers that must be inspected. */
        void changed(Collection<String> containers);

        /** Reports that all containers must be listed and inspected. */
        void outdated();

        /** Reports that the swarm cannot be followed and only its tasks are of interest. No report follows this one. */
        void failed(IOException reason);
    }

    /**
     * Asks for the ids of all containers of tasks. If the swarm does not answer, returns those that were seen last,
     * unless only tasks are of interest. The listener is called as soon as the swarm answers again.
     *
     * @param limit how long to wait for the swarm; not used if only tasks are of interest, because each request has its
     *     own limit
     */
    Set<String> list(Duration limit) throws IOException;

    /**
     * Inspects a container of a task or of the engine itself. Empty if there is no such container, or it is of no
     * interest.
     */
    Optional<ContainerInspection> inspect(String container) throws IOException;

    @Override
    void close();
}
