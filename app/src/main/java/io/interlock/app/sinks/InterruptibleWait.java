package io.interlock.app.sinks;

/** Lets another thread end a wait, without ever interrupting what comes before or after it. */
public final class InterruptibleWait {

    // Guarded by this.
    private boolean over;
    private Thread waiter = Thread.currentThread();
    private boolean waits;

    /** Something that waits. */
    public interface Wait {
        void until() throws InterruptedException;
    }

    /** Waits, unless it is over already. */
    public void during(Wait wait) {
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
    public synchronized void end() {
        over = true;
        if (waits) {
            waiter.interrupt();
        }
    }

    public synchronized boolean isOver() {
        return over;
    }
}
