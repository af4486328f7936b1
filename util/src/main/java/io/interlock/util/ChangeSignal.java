package io.interlock.util;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Signal that tells one thread that something changed. Changes before the thread looks count as one; none is lost. */
public final class ChangeSignal {

    private final Semaphore changes = new Semaphore(0);

    /** Reports a change. Any thread may call it; returns at once. */
    public void raise() {
        changes.release();
    }

    /** Waits for a change, and consumes all changes so far. */
    public void await() throws InterruptedException {
        changes.acquire();
        clear();
    }

    /** Waits for a change, and consumes all changes so far; returns false if there was none in that time. */
    public boolean await(Duration limit) throws InterruptedException {
        boolean changed = changes.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
        clear();
        return changed;
    }

    /** Consumes all changes so far, without waiting. */
    public void clear() {
        changes.drainPermits();
    }
}
