package io.interlock.app.status;

import io.interlock.api.status.InterlockEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The latest events, numbered. Safe for all threads. */
public final class InterlockEventLog {

    /** How many are kept. */
    public static final int CAPACITY = 500;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    // The rest is guarded by the lock.
    private final Deque<InterlockEvent> events = new ArrayDeque<>();
    private long last;

    public InterlockEventLog(Clock clock) {
        this.clock = clock;
    }

    void add(List<EventDraft> happenings) {
        if (happenings.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            for (EventDraft happening : happenings) {
                if (events.size() == CAPACITY) {
                    events.removeFirst();
                }
                events.addLast(happening.event(++last, clock.instant()));
            }
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Those that are kept, oldest first. */
    public List<InterlockEvent> latest() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /** The number of the latest event; 0 before the first. */
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
     * @param sequence the number of the event that is known already
     * @param limit after this long there may be none
     */
    public List<InterlockEvent> after(long sequence, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (last <= sequence && left > 0) {
                left = added.awaitNanos(left);
            }
            return events.stream().filter(event -> event.sequence() > sequence).toList();
        } finally {
            lock.unlock();
        }
    }
}
