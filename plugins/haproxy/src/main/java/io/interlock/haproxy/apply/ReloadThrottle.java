package io.interlock.haproxy.apply;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Limits the rate of reloads: the first reload after a quiet time starts immediately, the next one waits. Confined to
 * one thread.
 */
public final class ReloadThrottle {

    private final Duration interval;
    private long last;

    /**
     * @param interval the minimum time from the start of one reload to the start of the next
     */
    public ReloadThrottle(Duration interval) {
        this.interval = interval;
        this.last = System.nanoTime() - interval.toNanos();
    }

    /** Waits until a reload may start, and counts it as started. */
    void awaitTurn() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(last + interval.toNanos() - System.nanoTime());
        last = System.nanoTime();
    }
}
