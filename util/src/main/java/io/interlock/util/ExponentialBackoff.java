package io.interlock.util;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses between attempts that fail: doubled each time up to a limit, of which a random part of up to a half is
 * taken off, so that those who failed together do not all try again together. Not thread-safe.
 */
public final class ExponentialBackoff {

    private final Duration first;
    private final Duration limit;
    private final RandomGenerator random;
    private int failures;

    /**
     * @param first the first pause at its longest; more than 0
     * @param limit the longest pause
     */
    public ExponentialBackoff(Duration first, Duration limit, RandomGenerator random) {
        this.first = first;
        this.limit = limit;
        this.random = random;
    }

    /** The pause after that many earlier failures, without a random part: doubled for each, up to the limit. */
    public static Duration pause(Duration first, Duration limit, int failures) {
        Duration pause = first;
        for (int i = 0; i < failures && pause.compareTo(limit) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(limit) < 0 ? pause : limit;
    }

    /** How long to wait after one more failure. */
    public Duration next() {
        long half = pause(first, limit, failures++).toNanos() / 2;
        return Duration.ofNanos(half + random.nextLong(half + 1));
    }

    /** Begins anew after a success. */
    public void reset() {
        failures = 0;
    }
}
