package io.interlock.app.docker.client;

import io.interlock.app.docker.location.EngineHost;
import io.interlock.app.docker.location.EngineNetwork;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Connection to one engine, with the requests that Interlock needs. Read only. Safe for all threads. Each call blocks
 * for a limited time, except {@link EventSubscription#next()}, and may be interrupted.
 *
 * <p>The message of every {@link IOException} tells the operator what went wrong. An interrupted call throws an
 * {@link InterruptedIOException}.
 */
public interface EngineClient extends AutoCloseable {

    /** Asks whether the engine answers. */
    void ping() throws IOException;

    /**
     * Subscribes to the events that can matter. Every event that the engine emits after the return of this method
     * arrives. Some from shortly before may arrive, too.
     */
    EventSubscription subscribe() throws IOException;

    /** Returns the ids of all running containers, paused or not. */
    List<String> runningContainers() throws IOException;

    /** Inspects a container; empty if there is none with this id or name. */
    Optional<ContainerInspection> inspect(String container) throws IOException;

    /** Returns the engine's networks; empty if the engine, or a proxy in front of it, refuses the request. */
    Optional<List<EngineNetwork>> networks() throws IOException;

    /** Returns what the engine says about its host; {@link EngineHost#UNKNOWN} if it does not answer. */
    EngineHost host() throws InterruptedIOException;

    /** Returns whether the engine says that it manages a swarm. */
    SwarmState swarmState() throws IOException;

    /** Ends all calls and subscriptions. */
    @Override
    void close();

    /** Subscription to events. */
    interface EventSubscription extends AutoCloseable {

        /**
         * Waits for the next event, without a time limit. Throws after the end of the subscription, whatever its
         * reason.
         */
        EngineEvent next() throws IOException;

        /** Ends the subscription and wakes {@link #next()}. */
        @Override
        void close();
    }
}
