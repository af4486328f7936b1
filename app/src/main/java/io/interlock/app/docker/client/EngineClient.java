package io.interlock.app.docker.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;

/**
 * A connection to one engine, as far as Interlock needs it. It only reads. Safe for all threads; each call blocks for a
 * limited time, except {@link EventSubscription#next()}, and may be interrupted.
 *
 * <p>Every {@link IOException} carries a message that tells people what went wrong; an interrupted call throws an
 * {@link InterruptedIOException}.
 */
public interface EngineClient extends AutoCloseable {

    /** Asks whether the engine is there. */
    void ping() throws IOException;

    /**
     * Subscribes to events that can matter. Every event that the engine emits after this method has returned arrives,
     * as may some from shortly before.
     */
    EventSubscription subscribe() throws IOException;

    /** The ids of all containers that run, paused or not. */
    List<String> runningContainers() throws IOException;

    /** Inspects a container; empty if there is none with this id or name. */
    Optional<ContainerInspection> inspect(String container) throws IOException;

    /** The names of the interfaces that the engine's host has in the engine's bridge networks. */
    List<String> bridgeInterfaces() throws IOException;

    /** Whether the engine manages a swarm, as it says itself. */
    SwarmState swarmState() throws IOException;

    /** Ends all calls and subscriptions. */
    @Override
    void close();

    /** A subscription. */
    interface EventSubscription extends AutoCloseable {

        /** Waits for the next event, without limit; throws once the subscription has ended for whatever reason. */
        EngineEvent next() throws IOException;

        /** Ends the subscription; wakes {@link #next()}. */
        @Override
        void close();
    }
}
