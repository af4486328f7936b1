package io.interlock.stats.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Limits wrong credentials, so that nobody finds a password by trying: a client that gave {@value #MOST} wrong ones within
 * a minute gets no further try until that minute is over, not even with the right ones. Thread-safe.
 */
final class FailedLoginLimiter {

    static final int MOST = 10;
    static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int MOST_CLIENTS = 10_000;

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();

    /** By client, oldest first; guarded by the lock. Beyond the limit of clients, the oldest is forgotten. */
    private final Map<InetAddress, Failures> clients = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Failures> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    private record Failures(long since, int count) {}

    FailedLoginLimiter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether the client may try credentials. */
    boolean admits(InetAddress address) {
        lock.lock();
        try {
            Failures failures = clients.get(ClientNetwork.of(address));
            return failures == null || isOver(failures) || failures.count() < MOST;
        } finally {
            lock.unlock();
        }
    }

    /** Records wrong credentials. */
    void recordFailure(InetAddress address) {
        lock.lock();
        try {
            InetAddress client = ClientNetwork.of(address);
            Failures before = clients.get(client);
            if (before == null || isOver(before)) {
                clients.remove(client);
                clients.put(client, new Failures(nanoTime.getAsLong(), 1));
            } else {
                clients.put(client, new Failures(before.since(), before.count() + 1));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver(Failures failures) {
        return nanoTime.getAsLong() - failures.since() > PERIOD.toNanos();
    }
}
