package io.interlock.bench.measure;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Containers of an engine, real or simulated. Closing it removes them. */
interface ContainerPool extends AutoCloseable {

    /** The name of the engine in tables. */
    String engine();

    String engineAddress();

    /** Creates a container that does not run yet. */
    PoolMember create(String host) throws IOException;

    /** Starts a container for each host, without waiting for anything. */
    default void populate(int size) throws IOException {
        for (int i = 0; i < size; i++) {
            create(hostOf(i)).start();
        }
    }

    /** The host of a container that {@link #populate} started. */
    static String hostOf(int number) {
        return "h" + number + ".fleet.example";
    }

    @Override
    void close();

    /** Container of the pool. */
    interface PoolMember {

        /** Starts it; returns when the engine's start call does. */
        void start();

        /** The address of its process; only of one that runs. */
        InetSocketAddress address();

        /** Its answer to requests. */
        String answer();

        /** Stops and removes it. */
        void end();
    }
}
