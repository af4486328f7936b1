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
 * Brings HAProxy's files to what HAProxy was told while it ran, on a thread of its own: a start would find the same there.
 * The latest wins.
 */
final class BackgroundFileWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    /**
     * How much longer than a write the pause after it is: thousands of backends take a while, and however often they change,
     * files take a twentieth of the time.
     */
    private static final int REST = 19;

    /** Whatever a write took, such as on a machine that is busy with starting containers: a start must not find what is long past. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    private final DraftWriter writer;
    private final Runnable refused;
    private final Duration pause;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // The rest is guarded by the lock.
    private @Nullable Draft latest;
    private boolean writing;
    private boolean running;
    private boolean refusal;
    private long notBefore = System.nanoTime();

    /** Writes files. */
    interface DraftWriter {
        void write(Draft draft) throws TemplateException, HaproxyException, InterruptedException;
    }

    /**
     * @param refused called on another thread when HAProxy found something invalid
     * @param pause the least between two writes
     */
    BackgroundFileWriter(DraftWriter writer, Runnable refused, Duration pause) {
        this.writer = writer;
        this.refused = refused;
        this.pause = pause;
    }

    /** Has this written soon, unless something later comes before. */
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

    /** Forgets what was to be written, and returns when nothing is being written any more. */
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

    /** Whether HAProxy found the last one invalid. */
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

    /** How long nothing is written after a write that took so long. */
    static Duration rest(Duration took, Duration pause) {
        Duration share = took.multipliedBy(REST);
        Duration bounded = share.compareTo(LONGEST_REST) < 0 ? share : LONGEST_REST;
        return bounded.compareTo(pause) < 0 ? pause : bounded;
    }
}
