package io.interlock.stats.webhook;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Notices that wait for a web hook. Of too many, the oldest are dropped and counted. Safe for all threads. */
final class NoticeQueue {

    static final int CAPACITY = 1_000;

    private static final int MOST_AT_ONCE = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final Deque<ProblemNotice> waiting = new ArrayDeque<>();
    private long dropped;

    /**
     * Notices to send together.
     *
     * @param dropped number of all notices that were dropped so far
     */
    record Batch(List<ProblemNotice> notices, long dropped) {}

    void add(List<ProblemNotice> notices) {
        lock.lock();
        try {
            for (ProblemNotice notice : notices) {
                if (waiting.size() == CAPACITY) {
                    waiting.removeFirst();
                    dropped++;
                }
                waiting.addLast(notice);
            }
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for notices and removes the oldest ones. */
    Batch take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                added.await();
            }
            List<ProblemNotice> notices = waiting.stream().limit(MOST_AT_ONCE).toList();
            notices.forEach(notice -> waiting.removeFirst());
            return new Batch(notices, dropped);
        } finally {
            lock.unlock();
        }
    }

    /** Counts notices that were taken and could not be delivered. */
    void lost(int notices) {
        lock.lock();
        try {
            dropped += notices;
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
