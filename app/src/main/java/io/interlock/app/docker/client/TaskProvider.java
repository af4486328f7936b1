package io.interlock.app.docker.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Containers beside an engine's own: those of the tasks of the swarm that it manages, on whatever node they run. Follows the swarm on
 * threads of its own until it is closed. Safe for all threads; errors are as with {@link EngineClient}.
 */
public interface TaskProvider extends AutoCloseable {

    /** Makes the providers of one engine, one after the other. */
    interface Factory {

        /** Whether only tasks are of interest, so that an engine without a swarm is of no use. */
        boolean isTasksOnly();

        /** A new provider; it contacts the engine with the first {@link TaskProvider#list}. */
        TaskProvider create(EngineClient engine, Listener listener);

        /** The engine manages no swarm any more: what earlier providers saw does not count for later ones. */
        void forget();
    }

    /** Receives what a provider finds. Its methods return soon and throw nothing. */
    interface Listener {

        /** Containers that are to be inspected. */
        void changed(Collection<String> containers);

        /** All containers are to be listed and inspected. */
        void outdated();

        /** The swarm cannot be followed, and only its tasks are of interest; nothing comes after this. */
        void failed(IOException reason);
    }

    /**
     * The ids of all containers of tasks, asked for anew. If the swarm cannot be asked, those that were seen last, unless only tasks are
     * of interest. Once the swarm can be asked after that, the listener is told.
     *
     * @param limit how long to wait for the swarm; not observed if only tasks are of interest, since each question has a limit
     */
    Set<String> list(Duration limit) throws IOException;

    /** Inspects a container, be it a task's or the engine's own; empty if there is none, or none that is of interest. */
    Optional<ContainerInspection> inspect(String container) throws IOException;

    @Override
    void close();
}
