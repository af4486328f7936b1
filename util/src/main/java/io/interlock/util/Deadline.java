package io.interlock.util;

import java.time.Duration;

/** Point in time at which a time limit ends. */
public final class Deadline {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(3);

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    /** Returns the deadline that is this time from now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Returns the earlier of this deadline and the one that is this time from now. */
    public Deadline atMost(Duration time) {
        Deadline other = in(time);
        return other.end - end < 0 ? other : this;
    }

    /** Whether no time is left. */
    public boolean isOver() {
        return end - System.nanoTime() <= 0;
    }

    /** Returns the remaining time, at least zero. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Waits 3 ms for another program to move on. */
    public static void pause() throws InterruptedException {
        Thread.sleep(BETWEEN_LOOKS);
    }
}
