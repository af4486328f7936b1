package io.interlock.app.docker.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Response of an engine, whose body is still to be read. */
public final class EngineResponse implements AutoCloseable {

    private final EngineResponseHead head;
    private final InputStream body;
    private final EngineHttpConnection connection;

    EngineResponse(EngineResponseHead head, InputStream body, EngineHttpConnection connection) {
        this.head = head;
        this.body = body;
        this.connection = connection;
    }

    public int status() {
        return head.status();
    }

    /** Returns a header. The name is in lower case. */
    public Optional<String> header(String name) {
        return head.header(name);
    }

    /** Returns the body as a stream without a limit of its own. */
    public InputStream body() {
        return body;
    }

    /** Ends the connection if the body has not been read to its end. Wakes a thread that reads the body. */
    @Override
    public void close() {
        connection.release();
    }

    /** Reads and drops the rest of a short body, so that the connection can be used again. */
    public void drain(int maxBytes) throws IOException {
        body.readNBytes(maxBytes);
    }
}
