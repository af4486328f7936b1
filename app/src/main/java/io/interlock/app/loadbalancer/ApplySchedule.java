package io.interlock.app.loadbalancer;

import io.interlock.util.ExponentialBackoff;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Due time of the next apply: soon after a change, later after a failure. Times are those of {@link System#nanoTime}.
 * Not thread-safe.
 */
final class ApplySchedule {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ApplyDebounce debounce;
    private final ExponentialBackoff backoff =
            new ExponentialBackoff(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault());
    private boolean requested;
    private long firstRequest;
    private long lastRequest;
    private long lastApply;
    private long notBefore;

    ApplySchedule(ApplyDebounce debounce, long now) {
        this.debounce = debounce;
        this.lastApply = now - LONGEST_PAUSE.toNanos();
        this.notBefore = lastApply;
    }

    /**
     * Records a new snapshot. It does not wait for the longest pause, because it may succeed where the last one failed.
     */
    void changed(long now) {
        notBefore = earlier(notBefore, now + FIRST_PAUSE.toNanos());
        request(now);
    }

    /** Records a request for an apply, with or without a new snapshot. */
    void request(long now) {
        lastRequest = now;
        if (!requested) {
            requested = true;
            firstRequest = now;
        }
    }

    /** Records the begin of an apply, which fulfils all earlier requests. */
    void begin() {
        requested = false;
    }

    /** Records the end of an apply. A failed one is due again after a growing pause. */
    void end(long now, boolean failed) {
        lastApply = now;
        if (failed) {
            notBefore = now + backoff.next().toNanos();
            request(now);
        } else {
            backoff.reset();
        }
    }

    /** Returns when the next apply is due; empty if none was requested. */
    OptionalLong due() {
        return requested
                ? OptionalLong.of(later(debounce.actAt(firstRequest, lastRequest, lastApply), notBefore))
                : OptionalLong.empty();
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }
}
