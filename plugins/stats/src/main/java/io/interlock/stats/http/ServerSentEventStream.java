package io.interlock.stats.http;

import io.interlock.stats.http.StatsHttpServer.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stream of the latest document for browsers that need each new one (server-sent events, WHATWG HTML § 9.2). A slow
 * reader misses documents in between, and delays no other. Thread-safe.
 */
public final class ServerSentEventStream {

    /** Interval of writes to an idle reader: a write detects that the reader is gone. */
    private static final long BEAT_SECONDS = 15;

    private static final int MOST_READERS = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // The fields below are guarded by the lock.
    private @Nullable LazyDocument latest;
    private long number;
    private int readers;

    /**
     * Offers this document to every reader, including later ones.
     *
     * @param document creates one line of UTF-8, when the first reader needs it; called on readers' threads, once
     */
    public void offer(Supplier<byte[]> document) {
        lock.lock();
        try {
            latest = new LazyDocument(document);
            number++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Writes to one reader until it disconnects or this thread is interrupted. */
    public void serve(Request request) throws IOException, InterruptedException {
        if (!enter()) {
            request.send(StatsHttpResponse.text(503, "Too many are watching already."));
            return;
        }
        try (OutputStream out = request.begin("text/event-stream")) {
            long seen = 0;
            while (true) {
                NumberedDocument next = next(seen);
                seen = next.number();
                if (next.document().isEmpty()) {
                    out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
                } else {
                    out.write("data: ".getBytes(StandardCharsets.UTF_8));
                    out.write(next.document().get().bytes());
                    out.write("\n\n".getBytes(StandardCharsets.UTF_8));
                }
                out.flush();
            }
        } finally {
            leave();
        }
    }

    private record NumberedDocument(long number, Optional<LazyDocument> document) {}

    /** Document that is created when the first reader needs it, once for all readers. */
    private static final class LazyDocument {

        private final Supplier<byte[]> making;
        private byte @Nullable [] made;

        LazyDocument(Supplier<byte[]> making) {
            this.making = making;
        }

        synchronized byte[] bytes() {
            if (made == null) {
                made = making.get();
            }
            return made;
        }
    }

    private NumberedDocument next(long seen) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(BEAT_SECONDS);
            while (number == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
            return new NumberedDocument(number, number == seen ? Optional.empty() : Optional.ofNullable(latest));
        } finally {
            lock.unlock();
        }
    }

    private boolean enter() {
        lock.lock();
        try {
            return readers < MOST_READERS && ++readers > 0;
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
