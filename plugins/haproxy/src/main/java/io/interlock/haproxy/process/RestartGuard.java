package io.interlock.haproxy.process;

import io.interlock.util.Backoff;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps an HAProxy that ends again and again from being started without a pause. The first end after a long life costs no
 * pause; each one soon after a start doubles it. What time of day it is does not matter: a clock may be set.
 */
final class RestartGuard {

    private static final Duration LONG_LIFE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(32);

    private final LongSupplier nanoTime;
    private long started;
    private long notBefore;
    private int soonEnded;

    /**
     * @param nanoTime as {@link System#nanoTime()} has it
     */
    RestartGuard(LongSupplier nanoTime) {
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
        soonEnded = now - started < LONG_LIFE.toNanos() ? soonEnded + 1 : 0;
        notBefore = soonEnded > 1
                ? now + Backoff.pause(FIRST_PAUSE, LONGEST_PAUSE, soonEnded - 2).toNanos()
                : now;
    }

    /** How often HAProxy ended soon after its start, without a long life in between. */
    int soonEnded() {
        return soonEnded;
    }

    /** How long to wait before the next start; zero or less: not at all. */
    Duration pause() {
        return Duration.ofNanos(notBefore - nanoTime.getAsLong());
    }
}
