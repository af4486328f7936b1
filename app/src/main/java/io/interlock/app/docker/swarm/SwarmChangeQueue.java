package io.interlock.app.docker.swarm;

import io.interlock.app.docker.swarm.SwarmApi.Change;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Queue of changes of a swarm. Each change is in the queue at most once. The capacity is limited: an overflow drops all
 * changes and is reported, because then the whole swarm must be polled. Safe for all threads.
 */
final class SwarmChangeQueue {

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Set<Change> waiting = new LinkedHashSet<>();
    private SwarmApi.@Nullable ChangeSubscription source;
    private @Nullable IOException failure;
    private boolean overflowed;
    private boolean woken;

    /**
     * Content of the queue.
     *
     * @param overflowed whether there were more changes than the capacity
     */
    record Batch(Set<Change> changes, boolean overflowed) {}

    SwarmChangeQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Empties the queue. From now on, it accepts only changes from this subscription. */
    void begin(SwarmApi.ChangeSubscription from) {
        lock.lock();
        try {
            source = from;
            waiting.clear();
            failure = null;
            overflowed = false;
        } finally {
            lock.unlock();
        }
    }

    void add(SwarmApi.ChangeSubscription from, Change change) {
        fill(from, () -> {
            if (waiting.size() >= capacity && !waiting.contains(change)) {
                waiting.clear();
                overflowed = true;
            }
            if (!overflowed) {
                waiting.add(change);
            }
        });
    }

    /** Records the end of the subscription. */
    void fail(SwarmApi.ChangeSubscription from, IOException reason) {
        fill(from, () -> failure = reason);
    }

    private void fill(SwarmApi.ChangeSubscription from, Runnable action) {
        lock.lock();
        try {
            if (from.equals(source)) {
                action.run();
                filled.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the current wait in {@link #take}, or the next one. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the queue has content, and takes all of it.
     *
     * @param nanos the maximum wait
     * @throws IOException if the subscription has ended
     */
    Batch take(long nanos) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (left > 0 && !woken && !overflowed && failure == null && waiting.isEmpty()) {
                left = filled.awaitNanos(left);
            }
            woken = false;
            if (failure != null) {
                throw failure;
            }
            Batch batch = new Batch(new LinkedHashSet<>(waiting), overflowed);
            waiting.clear();
            overflowed = false;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for this time, or until {@link #wake} is called. */
    void pause(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (left > 0 && !woken) {
                left = filled.awaitNanos(left);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }
}
