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
 * Sends requests to one host, each connection waiting for one answer before the next request, and accounts for every
 * single one: what was sent was answered or failed, and nothing is tried twice. Either as fast as answers come until
 * stopped, or at a rate.
 */
public final class HttpLoadClient implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BODY = "x".repeat(200);

    private final InetSocketAddress server;
    private final String host;
    private final boolean keepAlive;
    private final Duration limit;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong number = new AtomicLong();
    private final long began = System.nanoTime();
    private final HttpLoadCounter tally = new HttpLoadCounter(began);

    private HttpLoadClient(InetSocketAddress server, String host, boolean keepAlive, Duration limit) {
        this.server = server;
        this.host = host;
        this.keepAlive = keepAlive;
        this.limit = limit;
    }

    /**
     * Requests at a rate that does not depend on how fast they are answered: a connection that is late sends at once until
     * it has caught up, and what its requests waited counts as latency. So the whole plan is carried out, whatever happens.
     *
     * @param connections how many, each kept for as long as the server lets it
     * @param perSecond requests on each connection
     * @param duration for how long
     * @param posts whether every second request is a POST with a body, instead of a GET
     */
    public record Plan(int connections, int perSecond, Duration duration, boolean posts) {

        /** How many requests are sent. */
        public long requests() {
            return connections * perConnection();
        }

        private long perConnection() {
            return perSecond * duration.toMillis() / 1000;
        }
    }

    /** Starts; each connection is used for as long as the server lets it. */
    public static HttpLoadClient onKeptConnections(int connections, int port, String host) {
        return new HttpLoadClient(local(port), host, true, LIMIT).startEndless(connections);
    }

    /** Starts; each request has a connection of its own. */
    public static HttpLoadClient onFreshConnections(int concurrency, int port, String host) {
        return new HttpLoadClient(local(port), host, false, LIMIT).startEndless(concurrency);
    }

    /**
     * Starts; every other connection is used for as long as the server lets it, and of the others each for one request. No request is
     * given up before a test would be.
     */
    public static HttpLoadClient onMixedConnections(int connections, int port, String host) {
        HttpLoadClient client = new HttpLoadClient(local(port), host, true, PATIENCE);
        for (int i = 0; i < connections; i++) {
            boolean keeps = i % 2 == 0;
            client.threads.add(Thread.ofVirtual().start(() -> client.sendUntilStopped(keeps)));
        }
        return client;
    }

    /**
     * Starts what is planned. Every request has an id of its own, which begins with {@code g} or {@code p} for its method,
     * and asks for {@code /id/ID}.
     */
    public static HttpLoadClient atRate(Plan plan, int port, String host) {
        return atRate(plan, local(port), host);
    }

    /** The same, elsewhere than at a port of this host. */
    public static HttpLoadClient atRate(Plan plan, InetSocketAddress server, String host) {
        return new HttpLoadClient(server, host, true, LIMIT).startPlan(plan);
    }

    /** Starts what is planned, each request for {@code /name} and on a connection of its own; that many at once at most. */
    public static HttpLoadClient atRateOnFreshConnections(Plan plan, InetSocketAddress server, String host) {
        return new HttpLoadClient(server, host, false, LIMIT).startPlan(plan);
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

    /** What is known so far. */
    public HttpLoadResult soFar() {
        return tally.result();
    }

    /** Waits for that many more answers with 200. */
    public void awaitMore(int answers) {
        int before = tally.answers();
        Awaitility.await().atMost(PATIENCE).until(() -> tally.answers() >= before + answers);
    }

    /** Ends after the requests in flight, and tells. */
    public HttpLoadResult stop() {
        close();
        return tally.result();
    }

    /** Waits until all that was planned has been sent and is answered or failed, and tells. */
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
                String path = keepAlive ? "/id/" + (post ? "p" : "g") + number.incrementAndGet() : "/name";
                connection.send(path, post, due);
            }
        }
    }

    /** One connection after the other; what fails costs the connection. */
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
