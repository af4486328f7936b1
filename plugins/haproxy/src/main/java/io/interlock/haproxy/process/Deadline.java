package io.interlock.haproxy.process;

import java.time.Duration;

/** A point in time until which something may take. */
final class Deadline {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(3);

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** The earlier of this one and that time from now. */
    Deadline atMost(Duration time) {
        Deadline other = in(time);
        return other.end - end < 0 ? other : this;
    }

    boolean isOver() {
        return end - System.nanoTime() <= 0;
    }

    /** What is left, at least zero. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Waits for another program to move on, before it is looked at again. */
    static void pause() throws InterruptedException {
        Thread.sleep(BETWEEN_LOOKS);
    }
}
