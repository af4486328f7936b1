package io.interlock.systemtests.migration;

import io.interlock.testsupport.network.HttpConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * Clients that send each request of a project again and again to one port: one on a connection for each request, one on a
 * connection that it keeps. Nothing is sent twice, and each answer is checked. An answer with {@link #MARK} comes from the
 * other proxy.
 */
final class ProjectLoad implements AutoCloseable {

    /** Header line of each answer of the other proxy. */
    static final String MARK = "X-Served-By: other";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final int port;
    private final List<Client> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean isStopped;

    ProjectLoad(int port, List<ProjectRequest> requests) {
        this.port = port;
        for (ProjectRequest request : requests) {
            clients.add(new Client(request, false));
            clients.add(new Client(request, true));
        }
        clients.forEach(client -> threads.add(Thread.ofVirtual().start(client::run)));
    }

    /** Waits until each client without a kept connection got several more answers, the last ones from Interlock or not. */
    void awaitServedBy(boolean isInterlock) {
        awaitServedBy(isInterlock, false);
    }

    /** Waits until each client got several more answers, the last ones from Interlock. */
    void awaitAllServedByInterlock() {
        awaitServedBy(true, true);
    }

    private void awaitServedBy(boolean isInterlock, boolean isAll) {
        List<Client> awaited =
                clients.stream().filter(client -> isAll || !client.keeps).toList();
        awaited.forEach(client -> client.inARow.set(0));
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> awaited.stream()
                        .allMatch(client -> client.inARow.get() >= 5 && client.isOfInterlock == isInterlock));
    }

    /** Requests that were not answered as they should be. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** How many kept connections the other proxy closed instead of answering another request. */
    int endedByOther() {
        return ended.get();
    }

    /** Number of kept connections. */
    int kept() {
        return clients.size() / 2;
    }

    /** Number of answers. */
    int answers() {
        return clients.stream().mapToInt(client -> client.answers.get()).sum();
    }

    @Override
    public void close() {
        isStopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Client with one request at a time. */
    private final class Client {

        private final ProjectRequest request;
        private final boolean keeps;
        private final AtomicInteger answers = new AtomicInteger();
        /** Answers by the same proxy, without another one between them. */
        private final AtomicInteger inARow = new AtomicInteger();

        private volatile boolean isOfInterlock;

        Client(ProjectRequest request, boolean keeps) {
            this.request = request;
            this.keeps = keeps;
        }

        void run() {
            while (!isStopped) {
                useConnection();
            }
        }

        private void useConnection() {
            int answersBefore = answers.get();
            try (HttpConnection connection = HttpConnection.connect(port)) {
                do {
                    accept(request.send(connection));
                    LockSupport.parkNanos(PAUSE.toNanos());
                } while (keeps && connection.isReusable() && !isStopped);
            } catch (IOException e) {
                if (answers.get() > answersBefore && !isOfInterlock) {
                    ended.incrementAndGet();
                } else {
                    failures.add(request + ": " + e);
                }
            }
        }

        private void accept(HttpConnection.Response response) {
            String[] mark = MARK.split(": ", 2);
            boolean isNowOfInterlock =
                    !response.header(mark[0].toLowerCase(Locale.ROOT)).equals(mark[1]);
            if (isNowOfInterlock != isOfInterlock) {
                isOfInterlock = isNowOfInterlock;
                inARow.set(0);
            }
            answers.incrementAndGet();
            inARow.incrementAndGet();
            request.problem(response).ifPresent(problem -> failures.add(request + ": " + problem));
        }
    }
}
