package io.interlock.app.docker.http;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Connections to one engine, used again while the engine keeps them open. Safe for all threads. */
public final class EngineConnectionPool implements AutoCloseable {

    private static final int MAX_IDLE = 16;

    private final EngineEndpoint endpoint;
    private final Optional<SSLContext> tls;
    private final Duration connectLimit;
    private final Deque<EngineHttpConnection> idle = new ArrayDeque<>();
    private final Set<EngineHttpConnection> open = new HashSet<>();
    private boolean closed;

    /**
     * @param tls how the connections are encrypted; empty if they are not
     * @param connectLimit the time for connecting to one address
     */
    public EngineConnectionPool(EngineEndpoint endpoint, Optional<SSLContext> tls, Duration connectLimit) {
        this.endpoint = endpoint;
        this.tls = tls;
        this.connectLimit = connectLimit;
    }

    /**
     * Sends a GET request and waits for the head of the answer.
     *
     * @param path the path and query, escaped
     */
    public EngineResponse get(String path) throws IOException {
        EngineHttpConnection pooled = idle();
        if (pooled != null) {
            try {
                if (pooled.request(endpoint.prefix() + path)) {
                    return response(pooled);
                }
            } catch (IOException stale) {
                if (Thread.currentThread().isInterrupted()) {
                    discard(pooled);
                    throw stale;
                }
            }
            // The engine has closed the connection meanwhile, and probably the others, too.
            discard(pooled);
            discardIdle();
        }
        EngineHttpConnection fresh = connect();
        try {
            if (!fresh.request(endpoint.prefix() + path)) {
                throw new EOFException("the engine closed the connection without an answer");
            }
        } catch (IOException | RuntimeException failed) {
            discard(fresh);
            throw failed;
        }
        return response(fresh);
    }

    private EngineResponse response(EngineHttpConnection connection) throws IOException {
        try {
            return connection.response();
        } catch (IOException | RuntimeException failed) {
            discard(connection);
            throw failed;
        }
    }

    private synchronized @Nullable EngineHttpConnection idle() {
        return idle.pollFirst();
    }

    private EngineHttpConnection connect() throws IOException {
        EngineHttpConnection connection = new EngineHttpConnection(
                EngineSocket.connect(endpoint, tls, connectLimit), endpoint.authority(), this::released);
        synchronized (this) {
            if (!closed) {
                open.add(connection);
                return connection;
            }
        }
        connection.close();
        throw new IOException("the connection was ended");
    }

    private void released(EngineHttpConnection connection) {
        synchronized (this) {
            if (!closed && connection.isReusable() && idle.size() < MAX_IDLE) {
                idle.addFirst(connection);
                return;
            }
        }
        discard(connection);
    }

    private void discardIdle() {
        for (EngineHttpConnection next = idle(); next != null; next = idle()) {
            discard(next);
        }
    }

    private void discard(EngineHttpConnection connection) {
        synchronized (this) {
            open.remove(connection);
        }
        connection.close();
    }

    /** Ends all connections, and wakes the threads that use them. */
    @Override
    public void close() {
        Set<EngineHttpConnection> all;
        synchronized (this) {
            closed = true;
            idle.clear();
            all = Set.copyOf(open);
            open.clear();
        }
        all.forEach(EngineHttpConnection::close);
    }
}
