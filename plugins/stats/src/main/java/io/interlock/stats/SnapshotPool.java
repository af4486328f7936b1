package io.interlock.stats;

import io.interlock.api.sink.StatsSnapshot;
import io.interlock.stats.json.DocumentBuffer;
import io.interlock.stats.json.StatsDocumentFactory;
import io.interlock.stats.json.StatsJsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many snapshots answers in progress keep in memory: for thousands of containers a snapshot has tens of
 * megabytes, and slow readers keep theirs for long. While the limit is reached, further answers share the newest
 * snapshot, and the answers of the oldest end after a fixed time. Thread-safe.
 */
final class SnapshotPool {

    /** Limit of snapshots in use. */
    private static final int MAX_SNAPSHOTS = 2;

    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    /** Snapshots in use, oldest first; guarded by the lock. */
    private final Deque<SharedSnapshot> used = new ArrayDeque<>();

    /**
     * @param patience how long an answer may delay newer snapshots
     */
    SnapshotPool(Duration patience) {
        this.patience = patience;
    }

    /** Source of the current snapshot. */
    @FunctionalInterface
    interface SnapshotSource {
        StatsSnapshot snapshot() throws InterruptedException;
    }

    /** Snapshot that answers share. */
    private static final class SharedSnapshot {

        private final StatsSnapshot snapshot;
        private final long created = System.nanoTime();
        private final Set<Lease> leases = new HashSet<>();
        private @Nullable StatsDocumentFactory documents;
        private @Nullable DocumentBuffer overview;

        SharedSnapshot(StatsSnapshot snapshot) {
            this.snapshot = snapshot;
        }

        synchronized StatsDocumentFactory documents() {
            StatsDocumentFactory made = documents;
            if (made == null) {
                made = new StatsDocumentFactory(snapshot);
                documents = made;
            }
            return made;
        }

        synchronized DocumentBuffer overview(StatsJsonWriter json) throws IOException {
            DocumentBuffer made = overview;
            if (made == null) {
                made = new DocumentBuffer();
                json.write(documents().overview(), made);
                overview = made;
            }
            return made;
        }
    }

    /** Use of a snapshot by one answer. */
    final class Lease implements AutoCloseable {

        private final SharedSnapshot shared;
        private final Runnable end;

        private Lease(SharedSnapshot shared, Runnable end) {
            this.shared = shared;
            this.end = end;
        }

        StatsSnapshot snapshot() {
            return shared.snapshot;
        }

        StatsDocumentFactory documents() {
            return shared.documents();
        }

        /** The overview as JSON, created once for all who share it. */
        DocumentBuffer overview(StatsJsonWriter json) throws IOException {
            return shared.overview(json);
        }

        @Override
        public void close() {
            lock.lock();
            try {
                shared.leases.remove(this);
                if (shared.leases.isEmpty()) {
                    used.remove(shared);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Returns the current snapshot, or a shared one.
     *
     * @param source called at most once, while other callers wait
     * @param end ends the answer if it takes too long; called on the thread of another answer, and must not block
     */
    Lease lease(SnapshotSource source, Runnable end) throws InterruptedException {
        List<Lease> ended = new ArrayList<>();
        Lease lease;
        lock.lockInterruptibly();
        try {
            if (used.size() >= MAX_SNAPSHOTS && System.nanoTime() - used.getFirst().created > patience.toNanos()) {
                ended.addAll(used.removeFirst().leases);
            }
            SharedSnapshot shared = used.size() < MAX_SNAPSHOTS ? current(source) : used.getLast();
            lease = new Lease(shared, end);
            shared.leases.add(lease);
        } finally {
            lock.unlock();
        }
        ended.forEach(overdue -> overdue.end.run());
        return lease;
    }

    @SuppressWarnings("ReferenceEquality") // a comparison of values would read all of two snapshots
    private SharedSnapshot current(SnapshotSource source) throws InterruptedException {
        StatsSnapshot snapshot = source.snapshot();
        SharedSnapshot latest = used.peekLast();
        if (latest != null && latest.snapshot == snapshot) {
            return latest;
        }
        SharedSnapshot shared = new SharedSnapshot(snapshot);
        used.addLast(shared);
        return shared;
    }
}
