package io.interlock.app.accesslog;

import java.time.Duration;

/** Counter of dropped lines, which knows whether the last drop was recent. Safe for all threads. */
final class DropCounter {

    private static final Duration RECENT = Duration.ofMinutes(10);

    private long count;
    private long at;

    synchronized void add(long dropped) {
        if (dropped > 0) {
            count += dropped;
            at = System.nanoTime();
        }
    }

    synchronized long count() {
        return count;
    }

    synchronized boolean isRecent() {
        return count > 0 && System.nanoTime() - at < RECENT.toNanos();
    }
}
