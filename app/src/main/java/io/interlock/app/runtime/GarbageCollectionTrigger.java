package io.interlock.app.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps the heap small under steady churn: the serial collector lets the old generation grow to its limit before it
 * searches it for dead objects. Does nothing with another collector.
 */
public final class GarbageCollectionTrigger implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final String OLD_OF_SERIAL = "Tenured Gen";
    private static final long SLACK = 16L << 20;

    private final Optional<MemoryPoolMXBean> old;
    private final Thread thread;

    private GarbageCollectionTrigger() {
        this.old = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals(OLD_OF_SERIAL))
                .findFirst();
        this.thread = Thread.ofVirtual().name("heap").unstarted(this::run);
    }

    public static GarbageCollectionTrigger start() {
        GarbageCollectionTrigger care = new GarbageCollectionTrigger();
        care.thread.start();
        return care;
    }

    /**
     * Whether a full collection is likely to be worth its pause.
     *
     * @param survived bytes in use after the last full collection
     * @param used bytes that are used now
     */
    static boolean isWorthwhile(long survived, long used) {
        return used - survived > Math.max(SLACK, survived);
    }

    private void run() {
        try {
            while (old.isPresent()) {
                Thread.sleep(PERIOD);
                MemoryPoolMXBean pool = old.get();
                if (isWorthwhile(
                        pool.getCollectionUsage().getUsed(), pool.getUsage().getUsed())) {
                    System.gc();
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
