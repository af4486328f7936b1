package io.interlock.stats.graphite;

import io.interlock.util.ErrorMessages;
import io.interlock.util.ExponentialBackoff;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to Carbon, opened again when it breaks. Lines that cannot be sent wait in a bounded buffer; the oldest
 * are dropped and counted. Thread-safe.
 *
 * <p>Carbon never answers, so lines that were written just before a connection broke may be lost.
 */
final class CarbonConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("stats");

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int MOST_WAITING = 100_000;
    private static final int BATCH = 1_000;

    private final String host;
    private final int port;
    private final Thread thread = Thread.ofVirtual().name("carbon").unstarted(this::run);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // The fields below are guarded by the lock.
    private final Deque<String> waiting = new ArrayDeque<>();
    private long givenUp;
    private @Nullable Socket socket;
    private boolean closed;

    CarbonConnection(String host, int port) {
        this.host = host;
        this.port = port;
    }

    void start() {
        thread.start();
    }

    /** Queues these lines for sending. */
    void send(List<String> lines) {
        lock.lock();
        try {
            for (String line : lines) {
                if (waiting.size() == MOST_WAITING) {
                    waiting.remove();
                    givenUp++;
                }
                waiting.add(line);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number of lines that were dropped because too many waited. */
    long givenUp() {
        lock.lock();
        try {
            return givenUp;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the connection; waiting lines are not sent. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closeQuietly(socket);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }

    private void run() {
        int failures = 0;
        boolean told = false;
        while (awaitLines()) {
            long began = System.nanoTime();
            try (Socket connection = connect()) {
                if (told) {
                    log.info("Carbon at {}:{} is reached again; lines given up so far: {}", host, port, givenUp());
                    told = false;
                }
                pump(connection);
            } catch (IOException e) {
                if (!told && !isClosed()) {
                    log.warn(
                            "Carbon at {}:{} cannot be reached, attempts continue: {}",
                            host,
                            port,
                            ErrorMessages.reason(e));
                    told = true;
                }
                boolean lasted = System.nanoTime() - began > LONGEST_PAUSE.toNanos();
                failures = lasted ? 0 : failures + 1;
                rest(ExponentialBackoff.pause(FIRST_PAUSE, LONGEST_PAUSE, failures));
            }
        }
    }

    private Socket connect() throws IOException {
        Socket connection = new Socket();
        lock.lock();
        try {
            if (closed) {
                throw new IOException("closed");
            }
            socket = connection;
        } finally {
            lock.unlock();
        }
        connection.connect(new InetSocketAddress(host, port), Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
        return connection;
    }

    private void pump(Socket connection) throws IOException {
        OutputStream out = new BufferedOutputStream(connection.getOutputStream());
        while (awaitLines()) {
            List<String> batch = take();
            boolean written = false;
            try {
                for (String line : batch) {
                    out.write(line.getBytes(StandardCharsets.US_ASCII));
                }
                out.flush();
                written = true;
            } finally {
                if (!written) {
                    putBack(batch);
                }
            }
        }
    }

    private boolean awaitLines() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private List<String> take() {
        lock.lock();
        try {
            List<String> batch = new ArrayList<>();
            while (batch.size() < BATCH && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns a batch to the queue for the next connection. Sending a line twice does no harm: Carbon keeps one value
     * for each name and time.
     */
    private void putBack(List<String> batch) {
        lock.lock();
        try {
            int room = MOST_WAITING - waiting.size();
            givenUp += Math.max(0, batch.size() - room);
            batch.reversed().stream().limit(room).forEach(waiting::addFirst);
        } finally {
            lock.unlock();
        }
    }

    private void rest(Duration pause) {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private static void closeQuietly(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            log.debug("while closing", e);
        }
    }
}
