package io.interlock.app.docker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between attempts: each time a random part of a limit that doubles up to a cap, so that many that failed together
 * do not come back together. Not safe for several threads.
 */
final class Backoff {

    private final Duration start;
    private final Duration cap;
    private final RandomGenerator random;
    private Duration limit;

    Backoff(Duration start, Duration cap, RandomGenerator random) {
        this.start = start;
        this.cap = cap;
        this.random = random;
        this.limit = start;
    }

    /** How long to wait now: between 0 and the present limit, which then doubles. */
    Duration next() {
        Duration wait = Duration.ofNanos(random.nextLong(limit.toNanos() + 1));
        Duration doubled = limit.multipliedBy(2);
        limit = doubled.compareTo(cap) < 0 ? doubled : cap;
        return wait;
    }

    /** Begins anew after a success. */
    void reset() {
        limit = start;
    }
}
