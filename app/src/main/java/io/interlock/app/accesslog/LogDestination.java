package io.interlock.app.accesslog;

import io.interlock.api.loadbalancer.AccessLogEntry;
import io.interlock.api.status.AccessLogStatus;
import io.interlock.app.accesslog.LineWriter.Line;
import io.interlock.app.config.accesslog.AccessLogConfig;
import io.interlock.util.ErrorMessages;
import io.interlock.util.ExponentialBackoff;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One destination: a bounded queue, and a thread that formats and writes. While it cannot write, it tries again with
 * growing pauses, and drops what does not fit into its queue.
 */
final class LogDestination implements RequestDestination {

    /** Bytes of entries that may wait, about. */
    static final long MOST_WAITING = 4 << 20;

    private static final Logger log = LoggerFactory.getLogger("access-log");

    private static final int BATCH = 256;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    /** How long the last lines may take at the end. */
    private static final Duration LAST_LINES = Duration.ofSeconds(2);

    private final AccessLogConfig config;
    private final EntryFilter filter;
    private final EntryFormatter formatter;
    private final LineWriter writer;
    private final Thread thread;
    private final ExponentialBackoff pauses =
            new ExponentialBackoff(FIRST_PAUSE, LONGEST_PAUSE, ThreadLocalRandom.current());

    private final DropCounter dropped = new DropCounter();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // The rest is guarded by the lock.
    private final Deque<AccessLogEntry> waiting = new ArrayDeque<>();
    private long bytes;
    private long written;
    private String trouble = "";
    private boolean closing;

    /**
     * @param name of its thread
     */
    LogDestination(String name, AccessLogConfig config, LineWriter writer, boolean isSocket) {
        this.config = config;
        this.filter = new EntryFilter(config.filter());
        this.formatter = new EntryFormatter(config);
        this.writer = writer;
        this.thread = isSocket
                ? Thread.ofVirtual().name(name).unstarted(this::run)
                : Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void offer(AccessLogEntry entry) {
        if (!filter.test(entry)) {
            return;
        }
        long size = EntrySize.of(entry);
        lock.lock();
        try {
            if (closing || bytes + size > MOST_WAITING) {
                dropped.add(1);
                return;
            }
            waiting.add(entry);
            bytes += size;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public AccessLogStatus status() {
        lock.lock();
        try {
            return new AccessLogStatus(config.target().text(), written, dropped.count(), dropped.isRecent(), trouble);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void reopen() {
        if (writer instanceof RotatingFileWriter file) {
            file.reopen();
        }
    }

    private void run() {
        try {
            List<AccessLogEntry> batch = next();
            while (!batch.isEmpty()) {
                if (isOpen()) {
                    write(batch);
                    batch = next();
                } else if (!pause()) {
                    dropped.add(batch.size());
                    batch = next();
                }
            }
        } catch (InterruptedException e) {
            log.debug(
                    "the destination {} of requests has ended", config.target().text());
        } finally {
            writer.close();
        }
    }

    /** The next entries; none at the end. */
    private List<AccessLogEntry> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !closing) {
                changed.await();
            }
            List<AccessLogEntry> batch = new ArrayList<>();
            while (!waiting.isEmpty() && batch.size() < BATCH) {
                AccessLogEntry entry = waiting.removeFirst();
                bytes -= EntrySize.of(entry);
                batch.add(entry);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOpen() {
        try {
            writer.open();
            return true;
        } catch (IOException | RuntimeException e) {
            fail(e);
            return false;
        }
    }

    private void write(List<AccessLogEntry> batch) throws InterruptedException {
        try {
            int done = writer.write(batch.stream()
                    .map(entry -> new Line(formatter.line(entry), entry.time().toEpochMilli()))
                    .toList());
            succeed(done, batch.size() - done);
        } catch (IOException | RuntimeException e) {
            dropped.add(batch.size());
            fail(e);
            boolean unused = pause();
        }
    }

    private void succeed(int done, int lost) {
        pauses.reset();
        lock.lock();
        try {
            written += done;
            dropped.add(lost);
            if (!trouble.isEmpty()) {
                trouble = "";
                log.info(
                        "requests are logged to {} again; {} were dropped so far",
                        config.target().text(),
                        dropped.count());
            }
        } finally {
            lock.unlock();
        }
    }

    private void fail(Exception why) {
        String reason = ErrorMessages.reason(why);
        lock.lock();
        try {
            if (trouble.isEmpty()) {
                log.warn(
                        "requests cannot be logged to {}: {}; Interlock tries again, and drops what does not fit into"
                                + " memory",
                        config.target().text(),
                        reason);
            }
            trouble = reason.isEmpty() ? "it does not work" : reason;
        } finally {
            lock.unlock();
        }
    }

    /** Waits before the next attempt; returns false if there is none. */
    private boolean pause() throws InterruptedException {
        long left = pauses.next().toNanos();
        lock.lockInterruptibly();
        try {
            while (left > 0 && !closing) {
                left = changed.awaitNanos(left);
            }
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, for a limited time, and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (!thread.join(LAST_LINES)) {
                log.warn(
                        "the last requests cannot be logged to {} in time",
                        config.target().text());
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isOf(AccessLogConfig other) {
        return config.equals(other);
    }
}
