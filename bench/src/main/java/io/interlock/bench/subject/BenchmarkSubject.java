package io.interlock.bench.subject;

import io.interlock.bench.process.ProcessUsage;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/** Something that watches an engine and makes its containers reachable at one port. Closing it ends it. */
public interface BenchmarkSubject extends AutoCloseable {

    /** As tables call it. */
    String name();

    /** Of the loopback address, where requests go. */
    int port();

    /** The processes that watch and decide. */
    List<Long> controllers();

    /** The processes that serve. */
    List<Long> proxies();

    /** How often the proxy was reloaded so far; empty if it does not tell. */
    OptionalInt reloads() throws IOException;

    /** What the controllers have used so far. */
    default ProcessUsage controllerUsage() {
        return ProcessUsage.of(controllers());
    }

    /** What the proxies have used so far. */
    default ProcessUsage proxyUsage() {
        return ProcessUsage.of(proxies());
    }

    @Override
    void close() throws IOException;

    /** A way to start one. */
    interface Kind {

        /** As tables call it. */
        String name();

        /** The largest number of containers that it can be expected to cope with. */
        int limit();

        /** Starts it, without waiting until it serves. */
        BenchmarkSubject start(String engineAddress) throws IOException;
    }
}
