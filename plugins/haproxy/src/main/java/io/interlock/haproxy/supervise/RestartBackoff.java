package io.interlock.haproxy.supervise;

import io.interlock.util.ExponentialBackoff;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps an HAProxy that ends again and again from being started without a pause. The first end after a long life costs no
 * pause; each one soon after a start doubles it. What time of day it is does not matter: a clock may be set.
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
     * @param nanoTime as {@link System#nanoTime()} has it
     */
    RestartBackoff(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.notBefore = started;
    }

    void started() {
        started = nanoTime.getAsLong();
    }

    /** HAProxy was found to have ended by itself. */
    void ended() {
        long now = nanoTime.getAsLong();
        earlyExits = now - started < LONG_LIFE.toNanos() ? earlyExits + 1 : 0;
        notBefore = earlyExits > 1
                ? now
                        + ExponentialBackoff.pause(FIRST_PAUSE, LONGEST_PAUSE, earlyExits - 2)
                                .toNanos()
                : now;
    }

    /** How often HAProxy ended soon after its start, without a long life in between. */
    int earlyExits() {
        return earlyExits;
    }

    /** How long to wait before the next start; zero or less: not at all. */
    Duration pause() {
        return Duration.ofNanos(notBefore - nanoTime.getAsLong());
    }
}
