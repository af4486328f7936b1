package io.interlock.haproxy.apply;

import io.interlock.haproxy.apply.DesiredConfigSource.Draft;
import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.render.TemplateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes HAProxy's files after changes at run time, on its own thread, so that a later start finds the same state. Only
 * the latest draft is written.
 */
final class BackgroundFileWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    /**
     * Length of the pause after a write, as a multiple of the duration of the write. Thousands of backends take a
     * while; however often they change, writing takes a twentieth of the time.
     */
    private static final int REST = 19;

    /**
     * Maximum pause, however long a write took, for example on a machine that is busy starting containers: a start must
     * not find an outdated state.
     */
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    private final DraftWriter writer;
    private final Runnable refused;
    private final Duration pause;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // The following fields are guarded by the lock.
    private @Nullable Draft latest;
    private boolean writing;
    private boolean running;
    private boolean refusal;
    private long notBefore = System.nanoTime();

    interface DraftWriter {
        void write(Draft draft) throws TemplateException, HaproxyException, InterruptedException;
    }

    /**
     * @param refused called on another thread when HAProxy found a configuration invalid
     * @param pause the minimum time between two writes
     */
    BackgroundFileWriter(DraftWriter writer, Runnable refused, Duration pause) {
        this.writer = writer;
        this.refused = refused;
        this.pause = pause;
    }

    /** Schedules the draft for writing, unless a later one replaces it first. */
    void keep(Draft draft) {
        lock.lock();
        try {
            latest = draft;
            if (!running) {
                running = true;
                Thread.ofVirtual().name("haproxy-files").start(this::run);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Discards the scheduled draft, and returns when no write is in progress. */
    void settle() throws InterruptedException {
        lock.lock();
        try {
            latest = null;
            refusal = false;
            while (writing) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether HAProxy found the last draft invalid. */
    boolean hasRefused() {
        lock.lock();
        try {
            return refusal;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            latest = null;
            while (writing) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (Optional<Draft> next = next(); next.isPresent(); next = next()) {
                boolean invalid = false;
                long began = System.nanoTime();
                try {
                    invalid = !write(next.get());
                } finally {
                    done(invalid, System.nanoTime() - began);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Draft> next() throws InterruptedException {
        lock.lock();
        try {
            while (latest != null && notBefore - System.nanoTime() > 0) {
                long unused = changed.awaitNanos(notBefore - System.nanoTime());
            }
            Optional<Draft> next = Optional.ofNullable(latest);
            latest = null;
            writing = next.isPresent();
            running = writing;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private boolean write(Draft draft) throws InterruptedException {
        try {
            writer.write(draft);
        } catch (HaproxyException.InvalidConfig | TemplateException e) {
            log.error("what HAProxy was told cannot be written for its next start: {}", e.getMessage());
            return false;
        } catch (HaproxyException e) {
            log.error("HAProxy serves the change, but a restart would not: {}", e.getMessage());
        }
        return true;
    }

    private void done(boolean invalid, long took) {
        lock.lock();
        try {
            writing = false;
            refusal = invalid;
            notBefore = System.nanoTime() + rest(Duration.ofNanos(took), pause).toNanos();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (invalid) {
            refused.run();
        }
    }

    /** The pause after a write of the given duration. */
    static Duration rest(Duration took, Duration pause) {
        Duration share = took.multipliedBy(REST);
        Duration bounded = share.compareTo(LONGEST_REST) < 0 ? share : LONGEST_REST;
        return bounded.compareTo(pause) < 0 ? pause : bounded;
    }
}
