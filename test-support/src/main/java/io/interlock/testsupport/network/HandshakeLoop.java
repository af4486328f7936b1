package io.interlock.testsupport.network;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Clients that make TLS handshakes for one name until they are closed, each time on a new connection, and count
 * exactly.
 */
public final class HandshakeLoop implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final int port;
    private final String name;
    private final AtomicInteger done = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Set<String> serials = new ConcurrentSkipListSet<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closing;

    /** Starts this many clients. */
    public HandshakeLoop(int clients, int port, String name) {
        this.port = port;
        this.name = name;
        for (int i = 0; i < clients; i++) {
            executor.execute(this::run);
        }
    }

    /** Returns the failures, for people. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** Returns the serial numbers of all presented certificates, in hexadecimal digits. */
    public Set<String> serials() {
        return serials;
    }

    /** Returns the number of handshakes. */
    public int done() {
        return done.get();
    }

    /** Waits for this many more handshakes. */
    public void awaitMore(int handshakes) {
        int before = done.get();
        Awaitility.await().atMost(LIMIT).until(() -> done.get() >= before + handshakes);
    }

    private void run() {
        while (!closing) {
            try {
                serials.add(TlsHandshakeClient.shakeHands(port, name)
                        .getSerialNumber()
                        .toString(16));
                done.incrementAndGet();
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        executor.close();
    }
}
