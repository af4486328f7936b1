package io.interlock.app.docker.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connection to an engine, for one request after the other. Not safe for several threads, except {@link #close}. */
final class EngineHttpConnection {

    private static final Logger log = LoggerFactory.getLogger("engine");
    private static final int BUFFER = 16_384;

    private final EngineSocket socket;
    private final InputStream in;
    private final String host;
    private final Consumer<EngineHttpConnection> released;
    private final AtomicBoolean isReleased = new AtomicBoolean();
    private volatile boolean reusable;

    /**
     * @param host the value of the header {@code Host}
     * @param released receives this connection after each request
     */
    EngineHttpConnection(EngineSocket socket, String host, Consumer<EngineHttpConnection> released) {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.in(), BUFFER);
        this.host = host;
        this.released = released;
    }

    /**
     * Sends a request and waits for the first byte of its answer; false if the engine has closed the connection, or has
     * sent more than it was asked for.
     */
    boolean request(String path) throws IOException {
        if (in.available() > 0) {
            return false;
        }
        isReleased.set(false);
        reusable = false;
        String head = "GET " + path + " HTTP/1.1\r\nHost: " + host
                + "\r\nAccept: application/json\r\nUser-Agent: Interlock\r\n\r\n";
        socket.out().write(head.getBytes(StandardCharsets.UTF_8));
        socket.out().flush();
        in.mark(1);
        boolean answers = in.read() >= 0;
        if (answers) {
            in.reset();
        }
        return answers;
    }

    /** Reads the head of the answer. The connection is released when the response is closed. */
    EngineResponse response() throws IOException {
        EngineResponseHead head = EngineResponseHead.read(in);
        InputStream body = new EngineBodyStream(in, head, () -> reusable = head.keepsConnection());
        return new EngineResponse(head, body, this);
    }

    /** Whether the last answer was read to its end and the engine keeps the connection. */
    boolean isReusable() {
        return reusable;
    }

    void release() {
        if (isReleased.compareAndSet(false, true)) {
            released.accept(this);
        }
    }

    void close() {
        try {
            socket.close();
        } catch (IOException ignored) {
            log.debug("closing a connection", ignored);
        }
    }
}
