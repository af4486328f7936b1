package io.interlock.haproxy.supervise;

import io.interlock.util.ExponentialBackoff;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Pause between restarts of an HAProxy that ends repeatedly. The first end after a long life causes no pause; each end
 * soon after a start doubles it. It is independent of the time of day, because a clock may be set.
 */
final class RestartBackoff {

    private static final Duration LONG_LIFE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(32);

    private final LongSupplier nanoTime;
    private long started;
    private long notBefore;
    private int earlyExits;

    /**
     * @param nanoTime has the semantics of {@link System#nanoTime()}
     */
    RestartBackoff(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.notBefore = started;
    }

    void started() {
        started = nanoTime.getAsLong();
    }

    /** Records that HAProxy has ended by itself. */
    void ended() {
        long now = nanoTime.getAsLong();
        earlyExits = now - started < LONG_LIFE.toNanos() ? earlyExits + 1 : 0;
        notBefore = earlyExits > 1
                ? now
                        + ExponentialBackoff.pause(FIRST_PAUSE, LONGEST_PAUSE, earlyExits - 2)
                                .toNanos()
                : now;
    }

    /** Number of ends soon after a start, without a long life in between. */
    int earlyExits() {
        return earlyExits;
    }

    /** The time until the next start is allowed; zero or less: none. */
    Duration pause() {
        return Duration.ofNanos(notBefore - nanoTime.getAsLong());
    }
}
