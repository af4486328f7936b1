package io.interlock.app.plugin;

import java.time.Duration;

/**
 * Interrupts the thread that made it unless it is ended in time. Once it has ended, a late interrupt of its own cannot hit
 * what the thread does next.
 */
final class Deadline {

    private final Thread target = Thread.currentThread();
    private final Thread timer;
    private boolean over;
    private boolean fired;

    private Deadline(Duration limit) {
        timer = Thread.ofVirtual().name("deadline-" + target.getName()).start(() -> {
            try {
                Thread.sleep(limit);
                fire();
            } catch (InterruptedException e) {
                // Ended in time.
            }
        });
    }

    static Deadline interruptingThisThread(Duration limit) {
        return new Deadline(limit);
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
