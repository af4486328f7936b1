package io.interlock.app.acme;

import io.interlock.api.topology.HostName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs attempts for names, each on a thread of its own, a limited number at a time. Safe for all threads. */
final class OrderDispatcher {

    private static final Logger log = LoggerFactory.getLogger("acme");

    private static final int MOST_AT_A_TIME = 8;

    private final Semaphore free = new Semaphore(MOST_AT_A_TIME);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<HostName> names = ConcurrentHashMap.newKeySet();
    private final Runnable ended;

    /**
     * @param ended called after each attempt
     */
    OrderDispatcher(Runnable ended) {
        this.ended = ended;
    }

    /** Attempt to have a certificate issued. */
    interface Attempt {
        void make(HostName name) throws InterruptedException;
    }

    /** Whether an attempt for a name is in progress. */
    boolean isUnderWay(HostName name) {
        return names.contains(name);
    }

    /** Whether an attempt can start. */
    boolean hasRoom() {
        return free.availablePermits() > 0;
    }

    /** Starts an attempt; returns false if too many are in progress. */
    boolean start(HostName name, Attempt attempt) {
        if (!free.tryAcquire()) {
            return false;
        }
        names.add(name);
        Thread.ofVirtual().name("acme-" + name).start(() -> {
            threads.add(Thread.currentThread());
            try {
                attempt.make(name);
            } catch (InterruptedException e) {
                log.debug("{}: interrupted", name);
            } finally {
                threads.remove(Thread.currentThread());
                names.remove(name);
                free.release();
                ended.run();
            }
        });
        return true;
    }

    /** Interrupts all attempts, and waits for each for a limited time. */
    void close(long millisEach) throws InterruptedException {
        for (Thread each : threads) {
            each.interrupt();
            each.join(millisEach);
        }
    }
}
