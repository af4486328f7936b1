package io.interlock.stats.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stream of the latest document for browsers that need each new one (server-sent events, WHATWG HTML § 9.2). A slow
 * reader misses documents in between, and delays no other. Thread-safe.
 */
public final class ServerSentEventStream {

    /** Interval of writes to an idle reader: a write detects that the reader is gone. */
    private static final long BEAT_SECONDS = 15;

    private static final int MAX_READERS = 32;
    private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEGIN = "data: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // The fields below are guarded by the lock.
    private long number;
    private int readers;

    /** Writes the latest document, one line of UTF-8. */
    @FunctionalInterface
    public interface DocumentWriter {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    /** Tells every reader that there is another document. */
    public void advance() {
        lock.lock();
        try {
            number++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Writes to one reader until it disconnects or this thread is interrupted. */
    public void serve(StatsHttpRequest request, DocumentWriter document) throws IOException, InterruptedException {
        if (!enter()) {
            request.send(StatsHttpResponse.text(503, "Too many are watching already."));
            return;
        }
        try {
            request.stream("text/event-stream", out -> write(request, document, out));
        } finally {
            leave();
        }
    }

    private void write(StatsHttpRequest request, DocumentWriter document, OutputStream out) throws IOException {
        try {
            long seen = 0;
            while (true) {
                long next = next(seen);
                request.renewTimeLimit();
                if (next == seen) {
                    out.write(BEAT);
                } else {
                    out.write(BEGIN);
                    document.writeTo(out);
                    out.write(END);
                }
                seen = next;
                out.flush();
                request.renewTimeLimit();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The number of the latest document; the same number after a while without another. */
    private long next(long seen) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(BEAT_SECONDS);
            while (number == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
            return number;
        } finally {
            lock.unlock();
        }
    }

    private boolean enter() {
        lock.lock();
        try {
            return readers < MAX_READERS && ++readers > 0;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            readers--;
        } finally {
            lock.unlock();
        }
    }
}
