package io.interlock.app.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses between attempts that fail: doubled each time up to a limit, of which a random part of up to a half is
 * taken off, so that those who failed together do not all try again together. Not thread-safe.
 */
public final class Backoff {

    private final Duration first;
    private final Duration limit;
    private final RandomGenerator random;
    private Duration full;

    /**
     * @param first the first pause at its longest; more than 0
     * @param limit the longest pause
     */
    public Backoff(Duration first, Duration limit, RandomGenerator random) {
        this.first = first;
        this.limit = limit;
        this.random = random;
        this.full = first;
    }

    /** How long to wait after one more failure. */
    public Duration next() {
        long half = full.toNanos() / 2;
        Duration doubled = full.multipliedBy(2);
        full = doubled.compareTo(limit) < 0 ? doubled : limit;
        return Duration.ofNanos(half + random.nextLong(half + 1));
    }

    /** Begins anew after a success. */
    public void reset() {
        full = first;
    }
}
