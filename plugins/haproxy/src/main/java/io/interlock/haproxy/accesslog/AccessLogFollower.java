package io.interlock.haproxy.accesslog;

import io.interlock.api.loadbalancer.AccessLogReceiver;
import io.interlock.haproxy.accesslog.AccessLogLineParser.DropNotice;
import io.interlock.haproxy.accesslog.AccessLogLineParser.OtherLine;
import io.interlock.haproxy.accesslog.AccessLogLineParser.RequestLine;
import io.interlock.haproxy.accesslog.AccessLogLineParser.UnreadableLine;
import io.interlock.haproxy.render.AccessLogDirectives;
import io.interlock.haproxy.runtime.UnixSocketClient;
import io.interlock.util.AtomicFile;
import io.interlock.util.ChangeSignal;
import io.interlock.util.Deadline;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log of requests over reloads and restarts of HAProxy: finds each worker that serves, and hands its lines
 * on. The last line is written down every second, so that the next controller goes on after it.
 */
public final class AccessLogFollower implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LAST_LOOKS = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** How long the last requests may take to arrive when HAProxy has ended. */
    private static final Duration LAST_LINES = Duration.ofSeconds(2);

    private static final int MAX_KEY = 1_000;
    /** A ring with more than this was probably full, so that lines may have been overwritten. */
    private static final int FULL_RING = AccessLogDirectives.RING_SIZE / 10 * 9;

    private final Path socket;
    private final UnixSocketClient admin;
    private final AccessLogLineParser parser;
    private final AccessLogReceiver receiver;
    private final Path positionFile;
    private final AtomicFile position;
    private final ChangeSignal signal = new ChangeSignal();
    private final Thread thread = Thread.ofVirtual().name("haproxy-requests").unstarted(this::run);
    private final List<WorkerLogReader> readers = new ArrayList<>();
    private volatile String last = "";
    private volatile int opened;
    private volatile boolean ending;
    private volatile boolean closed;
    private String written = "";

    /**
     * @param socket HAProxy's admin socket
     * @param positionFile where the last line is written down
     */
    public AccessLogFollower(Path socket, Path positionFile, AccessLogLineParser parser, AccessLogReceiver receiver) {
        this.socket = socket;
        this.admin = new UnixSocketClient(socket);
        this.parser = parser;
        this.receiver = receiver;
        this.positionFile = positionFile;
        this.position = new AtomicFile(positionFile);
    }

    /** Starts to follow, once; HAProxy need not run yet. */
    public void start() {
        if (thread.getState() != Thread.State.NEW) {
            return;
        }
        last = readPosition();
        written = last;
        thread.start();
    }

    /** Tells that HAProxy was started or reloaded; returns at once. */
    public void hint() {
        signal.raise();
    }

    /** Tells that HAProxy is about to end, which must not wait for the log. */
    public void expectEnd() {
        ending = true;
        signal.raise();
    }

    private void run() {
        try {
            while (!closed) {
                look();
                writePosition();
                boolean unused = signal.await(ending ? BETWEEN_LAST_LOOKS : BETWEEN_LOOKS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look() throws InterruptedException {
        readers.removeIf(WorkerLogReader::hasEnded);
        readers.forEach(WorkerLogReader::hint);
        try {
            WorkerInfo serving = WorkerInfo.parse(admin.ask(WorkerInfo.COMMAND, Deadline.in(TIMEOUT)));
            if (!closed
                    && serving.pid() != 0
                    && readers.stream().noneMatch(reader -> reader.worker().isSameAs(serving))) {
                open();
            }
        } catch (IOException e) {
            log.debug("the requests of HAProxy cannot be read yet: {}", ErrorMessages.reason(e));
        }
    }

    private void open() throws IOException, InterruptedException {
        String present = admin.ask("show events " + AccessLogDirectives.RING, Deadline.in(TIMEOUT));
        String known = last;
        boolean goesOn = !known.isEmpty() && present.contains(known + " ");
        if (!goesOn && present.length() > FULL_RING) {
            log.warn("HAProxy has overwritten lines of the log of requests before Interlock could read them");
            receiver.lost(1);
        }
        int number = opened + 1;
        readers.add(WorkerLogReader.open(socket, goesOn ? known : "", line -> take(line, number), signal::raise));
        opened = number;
    }

    private void take(String line, int number) {
        switch (parser.parse(line)) {
            case RequestLine(var entry) -> {
                if (number >= opened) {
                    // The next controller finds only the worker that serves.
                    last = AccessLogLineParser.key(line);
                }
                receiver.accept(entry);
            }
            case DropNotice(long count) -> receiver.lost(count);
            case UnreadableLine() -> receiver.lost(1);
            case OtherLine() -> log.trace("not a request: {}", line);
        }
    }

    private String readPosition() {
        try {
            return position.read()
                    .map(String::strip)
                    .filter(text -> text.length() <= MAX_KEY)
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private void writePosition() {
        String now = last;
        if (now.equals(written)) {
            return;
        }
        try {
            position.replace(Optional.of(now + "\n"));
            written = now;
        } catch (IOException e) {
            log.debug("{} cannot be written: {}", positionFile, ErrorMessages.reason(e));
        }
    }

    /** Waits until the last lines of an HAProxy that has ended have arrived, then closes. */
    public void finish() {
        try {
            List<WorkerLogReader> all;
            synchronized (this) {
                all = List.copyOf(readers);
            }
            Deadline deadline = Deadline.in(LAST_LINES);
            for (WorkerLogReader reader : all) {
                boolean unused = reader.join(deadline.left());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /** Ends; HAProxy keeps further lines for the next controller. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        List<WorkerLogReader> all;
        synchronized (this) {
            all = List.copyOf(readers);
            readers.clear();
        }
        all.forEach(WorkerLogReader::close);
        try {
            for (WorkerLogReader reader : all) {
                boolean unused = reader.join(TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writePosition();
    }
}
