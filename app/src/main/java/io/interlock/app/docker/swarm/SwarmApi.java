package io.interlock.app.docker.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.client.EngineClient;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The API of a swarm at one of its managers, with the requests that Interlock needs. Read only. Safe for all threads.
 * Each call blocks for a limited time, except {@link ChangeSubscription#next()}, and may be interrupted. Errors are as
 * in {@link EngineClient}.
 */
interface SwarmApi {

    /** Returns all services. Empty if the engine manages no swarm, or requests about it are forbidden. */
    Optional<List<SwarmService>> services() throws IOException;

    /** Returns a service; empty if there is none with this id. */
    Optional<SwarmService> service(String id) throws IOException;

    /** Returns a node; empty if there is none with this id. */
    Optional<SwarmNode> node(String id) throws IOException;

    /** Returns all tasks that are meant to run. */
    List<SwarmTask> desiredTasks() throws IOException;

    /** Returns the tasks of one service that are meant to run; none if there is no such service. */
    List<SwarmTask> desiredTasksOf(String serviceId) throws IOException;

    /** Returns the tasks with these ids that exist. */
    List<SwarmTask> tasks(Collection<String> ids) throws IOException;

    /** Returns the engine's complete JSON of a task; empty if there is none with this id. */
    Optional<JsonNode> task(String id) throws IOException;

    /** Subscribes to changes of services and nodes. A swarm emits no events for tasks. */
    ChangeSubscription subscribe() throws IOException;

    /**
     * Hint that an object of the swarm changed.
     *
     * @param kind the kind of object
     * @param id the swarm's id of the object
     */
    record Change(Kind kind, String id) {

        enum Kind {
            SERVICE,
            NODE
        }
    }

    /** Subscription to changes. */
    interface ChangeSubscription extends AutoCloseable {

        /**
         * Waits for the next change, without a time limit. Throws after the end of the subscription, whatever its
         * reason.
         */
        Change next() throws IOException;

        /** Ends the subscription and wakes {@link #next()}. */
        @Override
        void close();
    }
}
