package io.interlock.testsupport.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Client that sends requests to one host and accounts for every request: it was answered or failed, and nothing is sent
 * twice. Each connection waits for an answer before the next request. The client sends either as fast as answers arrive
 * until it is stopped, or at a rate.
 */
public final class HttpLoadClient implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BODY = "x".repeat(200);

    private final InetSocketAddress server;
    private final String host;
    private final boolean keepAlive;
    private final boolean ids;
    private final Duration limit;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong number = new AtomicLong();
    private final long began = System.nanoTime();
    private final HttpLoadCounter tally = new HttpLoadCounter(began);

    private HttpLoadClient(InetSocketAddress server, String host, boolean keepAlive, boolean ids, Duration limit) {
        this.server = server;
        this.host = host;
        this.keepAlive = keepAlive;
        this.ids = ids;
        this.limit = limit;
    }

    /**
     * Plan of requests at a rate that does not depend on the speed of the answers. A connection that is late sends at
     * once until it has caught up, and the waiting time of its requests counts as latency. Therefore the whole plan is
     * always carried out.
     *
     * @param connections number of connections, each kept as long as the server allows
     * @param perSecond requests on each connection
     * @param duration duration of the plan
     * @param posts whether every second request is a POST with a body, instead of a GET
     */
    public record Plan(int connections, int perSecond, Duration duration, boolean posts) {

        /** Returns the number of requests of the plan. */
        public long requests() {
            return connections * perConnection();
        }

        private long perConnection() {
            return perSecond * duration.toMillis() / 1000;
        }
    }

    /** Starts a client that uses each connection as long as the server allows. */
    public static HttpLoadClient onKeptConnections(int connections, int port, String host) {
        return new HttpLoadClient(local(port), host, true, true, LIMIT).startEndless(connections);
    }

    /** Starts a client that uses a connection of its own for each request. */
    public static HttpLoadClient onFreshConnections(int concurrency, int port, String host) {
        return new HttpLoadClient(local(port), host, false, false, LIMIT).startEndless(concurrency);
    }

    /**
     * Starts a client of which every second connection is used as long as the server allows, and the others for one
     * request each. A request has the time limit of a test.
     */
    public static HttpLoadClient onMixedConnections(int connections, int port, String host) {
        HttpLoadClient client = new HttpLoadClient(local(port), host, true, true, PATIENCE);
        for (int i = 0; i < connections; i++) {
            boolean keeps = i % 2 == 0;
            client.threads.add(Thread.ofVirtual().start(() -> client.sendUntilStopped(keeps)));
        }
        return client;
    }

    /**
     * Starts a plan. Every request has a unique id, which begins with {@code g} or {@code p} for its method, and asks
     * for {@code /id/ID}.
     */
    public static HttpLoadClient atRate(Plan plan, int port, String host) {
        return atRate(plan, local(port), host);
    }

    /** Starts a plan at a server that may be on another host. */
    public static HttpLoadClient atRate(Plan plan, InetSocketAddress server, String host) {
        return new HttpLoadClient(server, host, true, true, LIMIT).startPlan(plan);
    }

    /**
     * Starts a plan in which each request asks for {@code /name} on a connection of its own; the plan's number of
     * connections is the maximum at one time.
     */
    public static HttpLoadClient atRateOnFreshConnections(Plan plan, InetSocketAddress server, String host) {
        return new HttpLoadClient(server, host, false, false, LIMIT).startPlan(plan);
    }

    /** Starts a plan with requests as of {@link #atRate}, each on a connection of its own. */
    public static HttpLoadClient withIdsOnFreshConnections(Plan plan, InetSocketAddress server, String host) {
        return new HttpLoadClient(server, host, false, true, LIMIT).startPlan(plan);
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private HttpLoadClient startEndless(int concurrency) {
        for (int i = 0; i < concurrency; i++) {
            threads.add(Thread.ofVirtual().start(() -> sendUntilStopped(keepAlive)));
        }
        return this;
    }

    private HttpLoadClient startPlan(Plan plan) {
        long interval = Duration.ofSeconds(1).toNanos() / plan.perSecond();
        for (int i = 0; i < plan.connections(); i++) {
            long first = began + interval * i / plan.connections();
            threads.add(Thread.ofVirtual().start(() -> sendPlanned(plan, first, interval)));
        }
        return this;
    }

    /** Returns the results so far. */
    public HttpLoadResult soFar() {
        return tally.result();
    }

    /** Waits for this many more answers with 200. */
    public void awaitMore(int answers) {
        int before = tally.answers();
        Awaitility.await().atMost(PATIENCE).until(() -> tally.answers() >= before + answers);
    }

    /** Ends after the requests in flight, and returns the results. */
    public HttpLoadResult stop() {
        close();
        return tally.result();
    }

    /** Waits until all planned requests have been sent and answered or have failed, and returns the results. */
    public HttpLoadResult await() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
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

    private void sendUntilStopped(boolean keeps) {
        try (Connection connection = new Connection(keeps)) {
            while (!stopped.get()) {
                connection.send("/name", false, System.nanoTime());
            }
        }
    }

    private void sendPlanned(Plan plan, long first, long interval) {
        try (Connection connection = new Connection(keepAlive)) {
            for (int i = 0; i < plan.perConnection() && !stopped.get(); i++) {
                long due = first + i * interval;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                boolean post = plan.posts() && i % 2 == 1;
                String path = ids ? "/id/" + (post ? "p" : "g") + number.incrementAndGet() : "/name";
                connection.send(path, post, due);
            }
        }
    }

    /** Successive connections; a failure ends the current one. */
    private final class Connection implements AutoCloseable {

        private final boolean keeps;
        private @Nullable HttpConnection http;

        Connection(boolean keeps) {
            this.keeps = keeps;
        }

        void send(String path, boolean post, long due) {
            try {
                if (http == null) {
                    http = HttpConnection.connect(server, limit);
                }
                HttpConnection.Response response = post ? http.post(host, path, BODY) : http.get(host, path);
                tally.answered(path, response.status(), due);
                if (!keeps || !http.isReusable()) {
                    close();
                }
            } catch (IOException e) {
                tally.failed(path, e, due);
                close();
            }
        }

        @Override
        public void close() {
            if (http != null) {
                http.close();
                http = null;
            }
        }
    }
}
