package io.interlock.app.docker.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Tracks the containers that were asked to end and have not ended yet. A signal counts only for the run that it was
 * sent to, and for a limited time: a container that still runs a while after its stop timeout stays in service. Times
 * are those of {@link System#nanoTime()}. Not safe for several threads.
 */
final class StopSignalTracker {

    private final Duration margin;
    private final Map<String, Sent> sent = new HashMap<>();
    private final TreeSet<Sent> byDeadline =
            new TreeSet<>(Comparator.<Sent, Long>comparing(Sent::deadline, (one, other) -> Long.signum(one - other))
                    .thenComparing(Sent::id));

    private record Sent(String id, Instant at, long deadline) {}

    StopSignalTracker(Duration margin) {
        this.margin = margin;
    }

    /**
     * Records a stop signal.
     *
     * @param at when it was sent, by the engine's clock
     * @param stopTimeout the time that the container has from now on to end
     */
    void sent(String id, Instant at, Duration stopTimeout, long now) {
        Sent earlier = sent.get(id);
        if (earlier != null && earlier.at().isAfter(at)) {
            return;
        }
        forget(id);
        Sent signal = new Sent(id, at, now + stopTimeout.plus(margin).toNanos());
        sent.put(id, signal);
        byDeadline.add(signal);
    }

    /** Whether a stop signal was sent during the run that began at this time of the engine's clock. */
    boolean isStopping(String id, Instant startedAt) {
        Sent signal = sent.get(id);
        return signal != null && signal.at().isAfter(startedAt);
    }

    /** Forgets a signal to a run that ended at this time of the engine's clock. */
    void forgetUntil(String id, Instant ended) {
        Sent signal = sent.get(id);
        if (signal != null && !signal.at().isAfter(ended)) {
            forget(id);
        }
    }

    private void forget(String id) {
        Sent signal = sent.remove(id);
        if (signal != null) {
            byDeadline.remove(signal);
        }
    }

    /** Removes and returns the containers that exceeded their time. */
    List<String> due(long now) {
        List<String> due = new ArrayList<>();
        while (!byDeadline.isEmpty() && byDeadline.first().deadline() - now <= 0) {
            Sent signal = byDeadline.removeFirst();
            sent.remove(signal.id());
            due.add(signal.id());
        }
        return due;
    }

    OptionalLong nextDue() {
        return byDeadline.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(byDeadline.first().deadline());
    }
}
