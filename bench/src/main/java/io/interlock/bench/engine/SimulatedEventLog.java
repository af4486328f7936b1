package io.interlock.bench.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/**
 * Events of an engine: keeps the latest, as Docker does, and delivers later ones to subscribers. Safe for all threads.
 */
final class SimulatedEventLog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEPT = 256;
    /** More than any measure emits; a subscriber that does not read is disconnected beyond it. */
    private static final int MAX_QUEUED = 200_000;

    private final Deque<ObjectNode> latest = new ArrayDeque<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    /** Subscription of one reader. */
    final class Subscription implements AutoCloseable {
        private final BlockingQueue<String> queue = new LinkedBlockingQueue<>(MAX_QUEUED);
        private final Predicate<ObjectNode> filter;

        private Subscription(Predicate<ObjectNode> filter) {
            this.filter = filter;
        }

        /** The next event's line; waits for it. */
        String next() throws InterruptedException {
            return queue.take();
        }

        private void offer(ObjectNode event, String line) {
            if (filter.test(event) && !queue.offer(line)) {
                close();
            }
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }

    synchronized void emit(ObjectNode event) {
        latest.addLast(event);
        if (latest.size() > KEPT) {
            latest.removeFirst();
        }
        String line = event + "\n";
        subscriptions.forEach(subscription -> subscription.offer(event, line));
    }

    /**
     * Subscribes to future events, and to stored ones since a time.
     *
     * @param filters as the engine takes them, JSON; empty for none
     * @param since seconds; empty for no past events
     */
    synchronized Subscription subscribe(String filters, String since) throws IOException {
        Subscription subscription = new Subscription(filter(filters));
        if (!since.isEmpty()) {
            long from = (long) (Double.parseDouble(since) * 1e9);
            latest.stream()
                    .filter(event -> event.path("timeNano").asLong() >= from)
                    .forEach(event -> subscription.offer(event, event + "\n"));
        }
        subscriptions.add(subscription);
        return subscription;
    }

    private static Predicate<ObjectNode> filter(String filters) throws IOException {
        JsonNode json = JSON.readTree(filters.isEmpty() ? "{}" : filters);
        Set<String> types = texts(json.path("type"));
        Set<String> actions = texts(json.path("event"));
        return event -> (types.isEmpty() || types.contains(event.path("Type").asText()))
                && (actions.isEmpty() || actions.contains(event.path("Action").asText()));
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        // Older clients send an object whose keys are the values.
        if (list.isObject()) {
            list.fieldNames().forEachRemaining(texts::add);
        } else {
            list.forEach(item -> texts.add(item.asText()));
        }
        return texts;
    }
}
