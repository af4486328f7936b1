package io.interlock.util;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells one thread that something changed. Changes that come before it looks count as one; none is lost. */
public final class ChangeSignal {

    private final Semaphore changes = new Semaphore(0);

    /** Something changed. Any thread; returns at once. */
    public void raise() {
        changes.release();
    }

    /** Waits for a change, and takes all that came. */
    public void await() throws InterruptedException {
        changes.acquire();
        clear();
    }

    /** Waits for a change, and takes all that came; false if there was none in that time. */
    public boolean await(Duration limit) throws InterruptedException {
        boolean changed = changes.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
        clear();
        return changed;
    }

    /** Takes all changes that came, without waiting. */
    public void clear() {
        changes.drainPermits();
    }
}
