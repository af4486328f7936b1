package io.interlock.util;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses between failed attempts. The pause is doubled each time up to a limit. A random part of up to a half
 * is subtracted, so that clients that failed together do not all try again together. Not thread-safe.
 */
public final class ExponentialBackoff {

    private final Duration first;
    private final Duration limit;
    private final RandomGenerator random;
    private int failures;

    /**
     * @param first maximum of the first pause; more than 0
     * @param limit maximum of all pauses
     */
    public ExponentialBackoff(Duration first, Duration limit, RandomGenerator random) {
        this.first = first;
        this.limit = limit;
        this.random = random;
    }

    /**
     * Returns the pause after this number of earlier failures, without a random part: doubled for each, up to the
     * limit.
     */
    public static Duration pause(Duration first, Duration limit, int failures) {
        Duration pause = first;
        for (int i = 0; i < failures && pause.compareTo(limit) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(limit) < 0 ? pause : limit;
    }

    /** Returns the pause after one more failure. */
    public Duration next() {
        long half = pause(first, limit, failures++).toNanos() / 2;
        return Duration.ofNanos(half + random.nextLong(half + 1));
    }

    /** Resets the pauses after a success. */
    public void reset() {
        failures = 0;
    }
}
