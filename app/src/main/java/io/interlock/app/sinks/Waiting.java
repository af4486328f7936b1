package io.interlock.app.sinks;

/** Lets another thread end a wait, without ever interrupting what comes before or after it. */
final class Waiting {

    // Guarded by this.
    private boolean over;
    private Thread waiter = Thread.currentThread();
    private boolean waits;

    /** Something that waits. */
    interface Wait {
        void until() throws InterruptedException;
    }

    /** Waits, unless it is over already. */
    void during(Wait wait) {
        synchronized (this) {
            if (over) {
                return;
            }
            waiter = Thread.currentThread();
            waits = true;
        }
        try {
            wait.until();
        } catch (InterruptedException e) {
            end();
        } finally {
            synchronized (this) {
                waits = false;
                // One that came too late is not for what the thread does next.
                Thread.interrupted();
            }
        }
    }

    /** Ends the wait, and every later one at once. */
    synchronized void end() {
        over = true;
        if (waits) {
            waiter.interrupt();
        }
    }

    synchronized boolean isOver() {
        return over;
    }
}
