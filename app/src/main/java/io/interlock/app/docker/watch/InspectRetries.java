package io.interlock.app.docker.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Containers whose failed inspect is tried again after a fixed time. Times are those of {@link System#nanoTime()}. Not
 * safe for several threads.
 */
final class InspectRetries {

    private final long delay;
    /** Due time by container, in the order of the times, because the delay is always the same. */
    private final Map<String, Long> waiting = new LinkedHashMap<>();

    private final Set<String> failing = new HashSet<>();

    InspectRetries(Duration delay) {
        this.delay = delay.toNanos();
    }

    /** Records a failed inspect. Returns whether the container's previous inspect did not fail. */
    boolean failed(String id, long now) {
        waiting.putIfAbsent(id, now + delay);
        return failing.add(id);
    }

    void succeeded(String id) {
        waiting.remove(id);
        failing.remove(id);
    }

    /** Removes and returns the containers that are due. */
    List<String> due(long now) {
        List<String> due = new ArrayList<>();
        for (Iterator<Map.Entry<String, Long>> entries = waiting.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<String, Long> entry = entries.next();
            if (entry.getValue() - now > 0) {
                break;
            }
            due.add(entry.getKey());
            entries.remove();
        }
        return due;
    }

    OptionalLong nextDue() {
        return waiting.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(waiting.values().iterator().next());
    }

    void clear() {
        waiting.clear();
        failing.clear();
    }
}
