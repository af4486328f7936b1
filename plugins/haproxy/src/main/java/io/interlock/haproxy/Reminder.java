package io.interlock.haproxy;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does something later, once. Confined to one thread. */
final class Reminder implements AutoCloseable {

    private final Runnable action;
    private final ScheduledThreadPoolExecutor executor;
    private @Nullable Future<?> waiting;

    /**
     * @param action what to do, on another thread; must be quick
     */
    Reminder(Runnable action) {
        this.action = action;
        this.executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("haproxy-reminder").factory());
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Does it after that time, and not when it would have been done otherwise. */
    void in(Duration time) {
        if (waiting != null) {
            waiting.cancel(false);
        }
        // To the nanosecond: a little too early there would be nothing to do, and looking for that costs.
        waiting = executor.schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
