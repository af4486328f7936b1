package io.interlock.bench.measure;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Containers of an engine, real or simulated. Closing it removes them. */
interface ContainerPool extends AutoCloseable {

    /** As tables call it. */
    String engine();

    String engineAddress();

    /** A container that does not run yet. */
    PoolMember create(String host) throws IOException;

    /** Starts one for each host, and does not wait for anything. */
    default void populate(int size) throws IOException {
        for (int i = 0; i < size; i++) {
            create(hostOf(i)).start();
        }
    }

    /** The host of one of those that {@link #populate} started. */
    static String hostOf(int number) {
        return "h" + number + ".fleet.example";
    }

    @Override
    void close();

    /** A container. */
    interface PoolMember {

        /** Returns when the engine's start call does. */
        void start();

        /** Where its process listens; only of one that runs. */
        InetSocketAddress address();

        /** What it answers to requests. */
        String answer();

        /** Stops and removes it. */
        void end();
    }
}
