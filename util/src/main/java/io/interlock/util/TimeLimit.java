package io.interlock.util;

import java.time.Duration;

/**
 * Time limit that interrupts the thread that created it unless it is ended in time, and reports if even that does not
 * end the work. After its end, a late interrupt of its own cannot affect what the thread does next.
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
                // The limit has ended.
            }
        });
    }

    /** Work that ends on an interrupt, for example I/O on a channel, which the interrupt closes. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * Starts a limit for this thread.
     *
     * @param limit time after which the thread is interrupted
     * @param grace further time that the work may take
     * @param stuck called on another thread if the work still continues; must be quick
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

    /** Ends the limit, on the thread that created it. Returns whether it had fired. */
    public synchronized boolean end() {
        if (!over) {
            over = true;
            timer.interrupt();
            if (fired) {
                // The work may have ended without noticing the interrupt; the flag must not remain for the next work.
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
