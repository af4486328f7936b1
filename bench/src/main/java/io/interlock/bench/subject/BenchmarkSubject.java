package io.interlock.bench.subject;

import io.interlock.bench.process.ProcessUsage;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/**
 * Subject of the benchmarks, which watches an engine and makes its containers reachable at one port. Closing it ends
 * it.
 */
public interface BenchmarkSubject extends AutoCloseable {

    /** The name in tables. */
    String name();

    /** The port of the loopback address for requests. */
    int port();

    /** The processes that watch and decide. */
    List<Long> controllers();

    /** The processes that serve. */
    List<Long> proxies();

    /** The number of reloads of the proxy so far; empty if it does not report it. */
    OptionalInt reloads() throws IOException;

    /** The consumption of the controllers so far. */
    default ProcessUsage controllerUsage() {
        return ProcessUsage.of(controllers());
    }

    /** The consumption of the proxies so far. */
    default ProcessUsage proxyUsage() {
        return ProcessUsage.of(proxies());
    }

    @Override
    void close() throws IOException;

    /** Kind of subject, which can be started. */
    interface Kind {

        /** The name in tables. */
        String name();

        /** The largest number of containers that it can be expected to cope with. */
        int limit();

        /** Starts it, without waiting until it serves. */
        BenchmarkSubject start(String engineAddress) throws IOException;
    }
}
