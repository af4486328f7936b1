package io.interlock.testsupport.engine;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Source of events that renames containers of a real engine as often as possible. */
public final class EventStorm implements AutoCloseable {

    private static final int NO_CONTENT = 204;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final String engine;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong events = new AtomicLong();

    private EventStorm(String engine) {
        this.engine = engine;
    }

    /**
     * Starts renaming.
     *
     * @param address address of the engine, as {@code tcp://address:port}
     * @param containers names of the containers; they have other names afterwards
     */
    public static EventStorm of(String address, List<String> containers) {
        EventStorm storm = new EventStorm(address.replace("tcp:", "http:"));
        containers.forEach(container -> storm.senders.execute(() -> storm.rename(container)));
        return storm;
    }

    private void rename(String container) {
        try {
            String name = container;
            for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                String next = container + "-" + i;
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create(engine + "/containers/" + name + "/rename?name=" + next))
                        .POST(BodyPublishers.noBody())
                        .build();
                if (client.send(request, BodyHandlers.discarding()).statusCode() == NO_CONTENT) {
                    events.incrementAndGet();
                    name = next;
                }
            }
        } catch (IOException engineIsAway) {
            // The test has ended the renaming.
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until there were this many events. */
    public void awaitEvents(long count) {
        await(count + " events").atMost(LIMIT).until(() -> events.get() >= count);
    }

    @Override
    public void close() {
        senders.shutdownNow();
        client.shutdownNow();
        senders.close();
    }
}
