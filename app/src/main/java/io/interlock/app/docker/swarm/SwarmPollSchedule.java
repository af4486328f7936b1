package io.interlock.app.docker.swarm;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * When to look at a swarm's tasks, of which nobody tells: often at those of services where something happens, now and then at all. The
 * time that looks take bounds how often they are made, so that a large swarm's manager is not kept busy by them. For one thread;
 * times are as {@link System#nanoTime()} has them.
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

    /** Something happens to this service, or did. */
    void moves(String serviceId, long now) {
        movingUntil.put(serviceId, now + WARM);
    }

    /** The services to look at now; {@link #looked} has to follow. */
    Set<String> dueServices(long now) {
        movingUntil.values().removeIf(until -> until - now < 0);
        return now - nextOften >= 0 ? new TreeSet<>(movingUntil.keySet()) : Set.of();
    }

    void looked(long began, long now) {
        nextOften = now + Math.max(OFTEN, SHARE_OF_OFTEN * (now - began));
    }

    /** Whether to look at all now; {@link #lookedAtAll} has to follow. */
    boolean isAllDue(long now) {
        return now - nextSeldom >= 0;
    }

    void lookedAtAll(long began, long now) {
        nextSeldom = now + Math.max(SELDOM, SHARE_OF_SELDOM * (now - began));
    }

    /** When the next look is due. */
    long next() {
        return movingUntil.isEmpty() || nextSeldom - nextOften < 0 ? nextSeldom : nextOften;
    }
}
