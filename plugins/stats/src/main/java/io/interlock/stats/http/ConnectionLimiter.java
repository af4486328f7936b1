package io.interlock.stats.http;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Limits open connections, in total and for each client. A connection beyond the limits takes the place of the one that
 * has been without a complete request for longest, if that has had a second. Otherwise it gets a place in a reserve, in
 * which only health is answered, and in which it takes the oldest place at once. So half requests keep nobody from an
 * answer, and nothing keeps a health check from it. Thread-safe.
 */
final class ConnectionLimiter {

    private static final long PATIENCE_NANOS = 1_000_000_000;

    private final int total;
    private final int perClient;
    private final int reserve;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    // The fields below are guarded by the lock.
    private final Map<InetAddress, Integer> clients = new HashMap<>();
    /** Connections without a complete request, the oldest first. */
    private final Set<Permit> idle = new LinkedHashSet<>();

    private final Set<Permit> idleReserve = new LinkedHashSet<>();
    private int regular;

    /**
     * @param total the limit of all connections
     * @param perClient the limit for an IPv4 address or an IPv6 network of 64 bits; 0: none
     * @param reserve the limit of connections beyond these
     */
    ConnectionLimiter(int total, int perClient, int reserve, LongSupplier nanoTime) {
        this.total = total;
        this.perClient = perClient;
        this.reserve = reserve;
        this.nanoTime = nanoTime;
    }

    /** Permission for one connection. */
    final class Permit implements AutoCloseable {

        private final InetAddress client;
        private final boolean isReserve;
        private final Runnable end;
        // The fields below are guarded by the lock.
        private long idleSince;
        private boolean closed;

        private Permit(InetAddress client, boolean isReserve, Runnable end) {
            this.client = client;
            this.isReserve = isReserve;
            this.end = end;
        }

        /** Whether the connection is one of the reserve. */
        boolean isReserve() {
            return isReserve;
        }

        /** Records that a request is complete: the connection does not end for another until it is answered. */
        void markAnswering() {
            lock.lock();
            try {
                idle.remove(this);
                idleReserve.remove(this);
            } finally {
                lock.unlock();
            }
        }

        /** Records that the connection waits for another request. */
        void markIdle() {
            lock.lock();
            try {
                if (!closed) {
                    idleSince = nanoTime.getAsLong();
                    (isReserve ? idleReserve : idle).add(this);
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                release(this);
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Admits a connection.
     *
     * @param end ends the connection; called on the thread of a later one, and must not block
     */
    Permit admit(InetAddress address, Runnable end) {
        Optional<Permit> displaced;
        Permit permit;
        lock.lock();
        try {
            InetAddress client = ClientNetwork.of(address);
            displaced = isFull(client) ? displaceable(client) : Optional.empty();
            displaced.ifPresent(this::release);
            boolean beyond = isFull(client);
            if (beyond && idleReserve.size() >= reserve) {
                displaced = Optional.of(idleReserve.iterator().next());
                release(displaced.get());
            }
            permit = new Permit(client, beyond, end);
            if (!beyond) {
                regular++;
                clients.merge(client, 1, Integer::sum);
            }
            permit.markIdle();
        } finally {
            lock.unlock();
        }
        displaced.ifPresent(oldest -> oldest.end.run());
        return permit;
    }

    private boolean isFull(InetAddress client) {
        return regular >= total || isFullFor(client);
    }

    private boolean isFullFor(InetAddress client) {
        return perClient > 0 && clients.getOrDefault(client, 0) >= perClient;
    }

    /** The oldest idle connection whose place helps the client. */
    private Optional<Permit> displaceable(InetAddress client) {
        boolean own = isFullFor(client);
        long now = nanoTime.getAsLong();
        return idle.stream()
                .filter(permit -> now - permit.idleSince >= PATIENCE_NANOS)
                .filter(permit -> !own || permit.client.equals(client))
                .findFirst();
    }

    private void release(Permit permit) {
        if (permit.closed) {
            return;
        }
        permit.closed = true;
        idle.remove(permit);
        idleReserve.remove(permit);
        if (!permit.isReserve) {
            regular--;
            clients.computeIfPresent(permit.client, (key, count) -> count == 1 ? null : count - 1);
        }
    }
}
