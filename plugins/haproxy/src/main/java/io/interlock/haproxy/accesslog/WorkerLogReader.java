package io.interlock.haproxy.accesslog;

import io.interlock.haproxy.render.AccessLogDirectives;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the ring of one worker until the worker has ended, or until a replaced worker has no connections of clients
 * left: it would not end while it is read. Two virtual threads: one for the lines, one for the state of the worker.
 */
final class WorkerLogReader implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    private static final Duration USUAL_PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_WHILE_STOPPING = Duration.ofMillis(100);

    /** Looks without a connection of a client after which all lines have been read. */
    private static final int LAST_LOOKS = 2;

    private final RingConnection lines;
    private final RingConnection state;
    private final WorkerInfo worker;
    private final Consumer<String> receiver;
    private final Runnable onStopping;
    private final Semaphore hints = new Semaphore(0);
    private final Thread reading;
    private final Thread looking;
    private String skipUntil;
    private long skipped;

    private WorkerLogReader(
            RingConnection lines,
            RingConnection state,
            WorkerInfo worker,
            String skipUntil,
            Consumer<String> receiver,
            Runnable onStopping) {
        this.lines = lines;
        this.state = state;
        this.worker = worker;
        this.skipUntil = skipUntil;
        this.receiver = receiver;
        this.onStopping = onStopping;
        this.reading =
                Thread.ofVirtual().name("haproxy-requests-" + worker.pid()).unstarted(this::read);
        this.looking = Thread.ofVirtual()
                .name("haproxy-requests-state-" + worker.pid())
                .unstarted(this::look);
    }

    /**
     * Starts to read the ring of the worker that serves.
     *
     * @param skipUntil the key of the last line that is known already; empty: none
     * @param receiver receives each further line, on a thread of this reader
     * @param onStopping called once the worker has been replaced
     * @throws IOException if no worker answers
     */
    static WorkerLogReader open(Path socket, String skipUntil, Consumer<String> receiver, Runnable onStopping)
            throws IOException {
        RingConnection lines = new RingConnection(socket);
        RingConnection state = null;
        try {
            lines.send(WorkerInfo.COMMAND + ";show events " + AccessLogDirectives.RING + " -w");
            WorkerInfo worker = WorkerInfo.read(lines);
            state = new RingConnection(socket);
            state.send("prompt");
            state.send(WorkerInfo.COMMAND);
            if (!WorkerInfo.read(state).isSameAs(worker)) {
                throw new IOException("HAProxy was reloaded meanwhile");
            }
            WorkerLogReader reader = new WorkerLogReader(lines, state, worker, skipUntil, receiver, onStopping);
            reader.reading.start();
            reader.looking.start();
            return reader;
        } catch (IOException e) {
            lines.close();
            if (state != null) {
                state.close();
            }
            throw e;
        }
    }

    WorkerInfo worker() {
        return worker;
    }

    boolean hasEnded() {
        return !reading.isAlive();
    }

    /** Has it look at once whether the worker was replaced. */
    void hint() {
        hints.release();
    }

    /** Waits until it has ended; returns whether it has. */
    boolean join(Duration limit) throws InterruptedException {
        return reading.join(limit);
    }

    private void read() {
        try {
            for (Optional<String> line = lines.line(); line.isPresent(); line = lines.line()) {
                take(line.get());
            }
        } catch (IOException e) {
            log.debug(
                    "the requests of HAProxy's worker {} are no longer read: {}",
                    worker.pid(),
                    ErrorMessages.reason(e));
        } finally {
            looking.interrupt();
            close();
        }
    }

    private void take(String line) {
        if (skipUntil.isEmpty()) {
            receiver.accept(line);
            return;
        }
        skipped += line.length();
        if (AccessLogLineParser.key(line).equals(skipUntil) || skipped > AccessLogDirectives.RING_SIZE) {
            skipUntil = "";
        }
    }

    private void look() {
        int idle = 0;
        boolean stopping = false;
        try {
            while (idle < LAST_LOOKS) {
                boolean unused = hints.tryAcquire(
                        (stopping ? PAUSE_WHILE_STOPPING : USUAL_PAUSE).toMillis(), TimeUnit.MILLISECONDS);
                hints.drainPermits();
                state.send(WorkerInfo.COMMAND);
                WorkerInfo now = WorkerInfo.read(state);
                if (now.isStopping() && !stopping) {
                    stopping = true;
                    onStopping.run();
                }
                idle = stopping && now.connections() == 0 ? idle + 1 : 0;
            }
        } catch (IOException e) {
            log.debug("HAProxy's worker {} no longer tells its state: {}", worker.pid(), ErrorMessages.reason(e));
            // What it wrote last may still be on its way.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    @Override
    public void close() {
        lines.close();
        state.close();
    }
}
