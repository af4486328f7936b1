package io.interlock.app.plugin;

import java.time.Duration;

/**
 * Interrupts the thread that made it unless it is ended in time, and tells if even that does not end it. Once it has
 * ended, a late interrupt of its own cannot hit what the thread does next.
 */
final class Deadline {

    private final Thread target = Thread.currentThread();
    private final Thread timer;
    private boolean over;
    private boolean fired;

    private Deadline(Duration limit, Duration grace, Runnable stuck) {
        timer = Thread.ofVirtual().name("deadline-" + target.getName()).start(() -> {
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

    /**
     * Begins now.
     *
     * @param limit after this the thread is interrupted
     * @param grace how much longer it is waited for
     * @param stuck called on another thread if it goes on all the same; must be quick
     */
    static Deadline interruptingThisThread(Duration limit, Duration grace, Runnable stuck) {
        return new Deadline(limit, grace, stuck);
    }

    /** Ends it, on the thread that made it. Returns whether it had fired. */
    synchronized boolean end() {
        if (!over) {
            over = true;
            timer.interrupt();
            if (fired) {
                // The call may have ended without noticing: do not leave the flag to the next one.
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
