package io.interlock.util;

import java.time.Duration;

/**
 * Interrupts the thread that made it unless it is ended in time, and tells if even that does not end the work. Once it has
 * ended, a late interrupt of its own cannot hit what the thread does next.
 */
public final class TimeLimit {

    private final Thread target = Thread.currentThread();
    private final Thread timer;
    private boolean over;
    private boolean fired;

    private TimeLimit(Duration limit, Duration grace, Runnable stuck) {
        timer = Thread.ofVirtual().name("time-limit-" + target.getName()).start(() -> {
            try {
                Thread.sleep(limit);
                fire();
                Thread.sleep(grace);
                stuck.run();
            } catch (InterruptedException e) {
                // Ended.
            }
        });
    }

    /** Work that an interrupt ends, such as input and output on a channel, which the interrupt closes. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * Begins now.
     *
     * @param limit after this the thread is interrupted
     * @param grace how much longer it is waited for
     * @param stuck called on another thread if it goes on all the same; must be quick
     */
    public static TimeLimit interruptingThisThread(Duration limit, Duration grace, Runnable stuck) {
        return new TimeLimit(limit, grace, stuck);
    }

    /** Does work on this thread, which is interrupted after the limit. */
    public static <T, E extends Exception> T during(Duration limit, Work<T, E> work) throws E {
        TimeLimit timeLimit = new TimeLimit(limit, Duration.ZERO, () -> {});
        try {
            return work.run();
        } finally {
            timeLimit.end();
        }
    }

    /** Ends it, on the thread that made it. Returns whether it had fired. */
    public synchronized boolean end() {
        if (!over) {
            over = true;
            timer.interrupt();
            if (fired) {
                // The work may have ended without noticing: do not leave the flag to what is next.
                Thread.interrupted();
            }
        }
        return fired;
    }

    private synchronized void fire() {
        if (!over) {
            fired = true;
            target.interrupt();
        }
    }
}
