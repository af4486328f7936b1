package io.interlock.systemtests.support;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends GET requests to one host until stopped, each connection waiting for one answer before the next request, and
 * accounts for every single one: what was sent was answered or failed.
 */
public final class LoadClient implements AutoCloseable {

    private final int port;
    private final String host;
    private final boolean keepAlive;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final Tally tally = new Tally();

    private LoadClient(int port, String host, boolean keepAlive) {
        this.port = port;
        this.host = host;
        this.keepAlive = keepAlive;
    }

    /**
     * What became of all requests.
     *
     * @param sent how many were sent, failed connections included
     * @param byStatus how many were answered with each status
     * @param failures how many were not answered, by what happened
     */
    public record Result(long sent, Map<Integer, Long> byStatus, Map<String, Long> failures) {

        /** How many were answered with this status. */
        public long withStatus(int status) {
            return byStatus.getOrDefault(status, 0L);
        }

        /** Whether every request was answered with 200. */
        public boolean isFlawless() {
            return withStatus(200) == sent;
        }
    }

    private static final class Tally {
        private long sent;
        private final Map<Integer, Long> byStatus = new TreeMap<>();
        private final Map<String, Long> failures = new TreeMap<>();

        synchronized void answered(int status) {
            sent++;
            byStatus.merge(status, 1L, Long::sum);
        }

        synchronized void failed(IOException e) {
            sent++;
            failures.merge(e.toString(), 1L, Long::sum);
        }

        synchronized Result result() {
            return new Result(sent, Map.copyOf(byStatus), Map.copyOf(failures));
        }
    }

    /** Starts; each connection is used for as long as the server lets it. */
    public static LoadClient onKeptConnections(int connections, int port, String host) {
        return new LoadClient(port, host, true).start(connections);
    }

    /** Starts; each request has a connection of its own. */
    public static LoadClient onFreshConnections(int concurrency, int port, String host) {
        return new LoadClient(port, host, false).start(concurrency);
    }

    private LoadClient start(int concurrency) {
        for (int i = 0; i < concurrency; i++) {
            threads.add(Thread.ofVirtual().start(this::sendUntilStopped));
        }
        return this;
    }

    /** What is known so far. */
    public Result soFar() {
        return tally.result();
    }

    /** Ends after the requests in flight, and tells. */
    public Result stop() {
        close();
        return tally.result();
    }

    @Override
    public void close() {
        stopped.set(true);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void sendUntilStopped() {
        while (!stopped.get()) {
            try (Http http = Http.connect(port)) {
                do {
                    tally.answered(http.get(host, "/name").status());
                } while (keepAlive && http.isReusable() && !stopped.get());
            } catch (IOException e) {
                tally.failed(e);
            }
        }
    }
}
