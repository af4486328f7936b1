package io.interlock.app.docker.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.app.docker.client.EngineClient;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The API of a swarm at one of its managers, as far as Interlock needs it. It only reads. Safe for all threads; each call
 * blocks for a limited time, except {@link ChangeSubscription#next()}, and may be interrupted. Errors are as with {@link EngineClient}.
 */
interface SwarmApi {

    /** All services; empty if the engine manages no swarm, or nobody may ask it about one. */
    Optional<List<SwarmService>> services() throws IOException;

    /** A service; empty if there is none with this id. */
    Optional<SwarmService> service(String id) throws IOException;

    /** A node; empty if there is none with this id. */
    Optional<SwarmNode> node(String id) throws IOException;

    /** All tasks that are meant to run. */
    List<SwarmTask> desiredTasks() throws IOException;

    /** Those of one service; none if there is no such service. */
    List<SwarmTask> desiredTasksOf(String serviceId) throws IOException;

    /** Tasks, as far as there are any with these ids. */
    List<SwarmTask> tasks(Collection<String> ids) throws IOException;

    /** All that the engine says of a task; empty if there is none with this id. */
    Optional<JsonNode> task(String id) throws IOException;

    /** Subscribes to changes of services and nodes; of tasks nobody tells. */
    ChangeSubscription subscribe() throws IOException;

    /**
     * A hint that something changed.
     *
     * @param kind of what it was
     * @param id the swarm's id of it
     */
    record Change(Kind kind, String id) {

        enum Kind {
            SERVICE,
            NODE
        }
    }

    /** A subscription. */
    interface ChangeSubscription extends AutoCloseable {

        /** Waits for the next change, without limit; throws once the subscription has ended for whatever reason. */
        Change next() throws IOException;

        /** Ends the subscription; wakes {@link #next()}. */
        @Override
        void close();
    }
}
