package io.interlock.app.docker.swarm;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Schedule of the polls of a swarm's tasks, for which there are no events. Services with recent changes are polled
 * often, all services seldom. The pause after a poll grows with its duration, so that polls do not keep the manager of
 * a large swarm busy. For one thread. Times are those of {@link System#nanoTime()}.
 */
final class SwarmPollSchedule {

    private static final long OFTEN = Duration.ofMillis(200).toNanos();
    private static final long SELDOM = Duration.ofSeconds(2).toNanos();
    private static final long WARM = Duration.ofSeconds(10).toNanos();
    private static final int SHARE_OF_OFTEN = 9;
    private static final int SHARE_OF_SELDOM = 19;

    private final Map<String, Long> movingUntil = new HashMap<>();
    private long nextOften;
    private long nextSeldom;

    SwarmPollSchedule(long now) {
        nextOften = now;
        nextSeldom = now + SELDOM;
    }

    /** Records that the tasks of this service change or changed. */
    void moves(String serviceId, long now) {
        movingUntil.put(serviceId, now + WARM);
    }

    /** Returns the services to poll now. A call of {@link #looked} must follow if there are any. */
    Set<String> dueServices(long now) {
        movingUntil.values().removeIf(until -> until - now < 0);
        return now - nextOften >= 0 ? new TreeSet<>(movingUntil.keySet()) : Set.of();
    }

    void looked(long began, long now) {
        nextOften = now + Math.max(OFTEN, SHARE_OF_OFTEN * (now - began));
    }

    /** Whether to poll all services now. A call of {@link #lookedAtAll} must follow if so. */
    boolean isAllDue(long now) {
        return now - nextSeldom >= 0;
    }

    void lookedAtAll(long began, long now) {
        nextSeldom = now + Math.max(SELDOM, SHARE_OF_SELDOM * (now - began));
    }

    /** Returns the time of the next poll. */
    long next() {
        return movingUntil.isEmpty() || nextSeldom - nextOften < 0 ? nextSeldom : nextOften;
    }
}
