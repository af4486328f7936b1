package io.interlock.app.docker.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Containers whose failed inspect is tried again, after a time that doubles with each failure. Their number is limited.
 * Times are those of {@link System#nanoTime()}. Not safe for several threads.
 */
final class InspectRetries {

    private static final int MOST_DOUBLINGS = 6;

    private final long delay;
    private final int most;
    private final Map<String, Retry> byContainer = new HashMap<>();
    private final TreeSet<Retry> waiting =
            new TreeSet<>(Comparator.<Retry, Long>comparing(Retry::due, (one, other) -> Long.signum(one - other))
                    .thenComparing(Retry::id));

    private record Retry(String id, int failures, long due) {}

    /**
     * @param delay the time before the first retry
     * @param most maximum number of containers
     */
    InspectRetries(Duration delay, int most) {
        this.delay = delay.toNanos();
        this.most = most;
    }

    /** Whether there is room for the failure of this container. */
    boolean accepts(String id) {
        return byContainer.size() < most || byContainer.containsKey(id);
    }

    /** Records a failed inspect. Returns whether the container's previous inspect did not fail. */
    boolean failed(String id, long now) {
        Retry before = byContainer.get(id);
        int failures = before == null ? 0 : Math.min(before.failures() + 1, MOST_DOUBLINGS);
        if (before != null) {
            waiting.remove(before);
        }
        Retry next = new Retry(id, failures, now + (delay << failures));
        byContainer.put(id, next);
        waiting.add(next);
        return before == null;
    }

    void succeeded(String id) {
        Retry retry = byContainer.remove(id);
        if (retry != null) {
            waiting.remove(retry);
        }
    }

    /** Returns the containers whose last inspect failed. */
    Set<String> failing() {
        return Set.copyOf(byContainer.keySet());
    }

    /** Returns the containers that are due. They no longer wait until they fail again. */
    List<String> due(long now) {
        List<String> due = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.first().due() - now <= 0) {
            due.add(waiting.removeFirst().id());
        }
        return due;
    }

    OptionalLong nextDue() {
        return waiting.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(waiting.first().due());
    }

    void clear() {
        byContainer.clear();
        waiting.clear();
    }
}
