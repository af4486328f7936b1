package io.interlock.app.accesslog;

import io.interlock.api.loadbalancer.AccessLogEntry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The latest requests, numbered, for those who follow the log live. Safe for all threads. */
public final class LiveRequestLog {

    /** How many are kept, unless they are large. */
    static final int CAPACITY = 2_000;

    /** Bytes of those that are kept, about. */
    private static final long MOST_BYTES = 4 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    // The rest is guarded by the lock.
    private final Deque<NumberedEntry> entries = new ArrayDeque<>();
    private long bytes;
    private long last;

    /** An entry with its number; a gap means that entries were missed. */
    public record NumberedEntry(long sequence, AccessLogEntry entry) {}

    void add(AccessLogEntry entry) {
        long size = EntrySize.of(entry);
        lock.lock();
        try {
            while (!entries.isEmpty() && (entries.size() >= CAPACITY || bytes + size > MOST_BYTES)) {
                bytes -= EntrySize.of(entries.removeFirst().entry());
            }
            entries.addLast(new NumberedEntry(++last, entry));
            bytes += size;
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number of the latest entry; 0 before the first. */
    public long last() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Those after a certain one, of which the oldest may be gone already. Waits for one if there is none yet.
     *
     * @param limit after this long there may be none
     */
    public List<NumberedEntry> after(long sequence, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (last <= sequence && left > 0) {
                left = added.awaitNanos(left);
            }
            List<NumberedEntry> later = new ArrayList<>();
            var newest = entries.descendingIterator();
            while (newest.hasNext()) {
                NumberedEntry next = newest.next();
                if (next.sequence() <= sequence) {
                    break;
                }
                later.add(next);
            }
            return later.reversed();
        } finally {
            lock.unlock();
        }
    }
}
