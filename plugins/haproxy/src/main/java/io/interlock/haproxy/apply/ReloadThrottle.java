package io.interlock.haproxy.apply;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Keeps reloads apart: one after a quiet time comes at once, one that follows closely waits. Confined to one thread. */
public final class ReloadThrottle {

    private final Duration interval;
    private long last;

    /**
     * @param interval the least from the beginning of a reload to that of the next
     */
    public ReloadThrottle(Duration interval) {
        this.interval = interval;
        this.last = System.nanoTime() - interval.toNanos();
    }

    /** Returns when a reload may begin; it then counts as begun. */
    void awaitTurn() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(last + interval.toNanos() - System.nanoTime());
        last = System.nanoTime();
    }
}
