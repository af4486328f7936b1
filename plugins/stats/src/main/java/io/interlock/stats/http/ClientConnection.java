package io.interlock.stats.http;

import io.interlock.stats.http.ConnectionLimiter.Permit;
import io.interlock.stats.http.StatsHttpServer.Limits;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Connection of a client: reads one request after the other and has each answered. Each step has a time limit, at which
 * another thread closes the socket.
 */
final class ClientConnection implements Runnable {

    /** Limit for what a client sends after the answer. */
    private static final Duration DRAIN_TIME = Duration.ofSeconds(1);

    private static final int BUFFER = 8 << 10;
    private static final int MAX_DRAINED = 1 << 20;

    private final Socket raw;
    private final Optional<SSLContext> tls;
    private final Permit permit;
    private final Limits limits;
    private final RequestDispatcher dispatcher;
    private volatile long ends;
    private Socket socket;

    /** Answers requests. */
    interface RequestDispatcher {

        /**
         * Answers the request, and returns when the answer is sent.
         *
         * @param reserve whether only health is answered
         */
        void answer(StatsHttpRequest request, boolean reserve) throws IOException, InterruptedException;
    }

    ClientConnection(Socket raw, Optional<SSLContext> tls, Permit permit, Limits limits, RequestDispatcher dispatcher) {
        this.raw = raw;
        this.socket = raw;
        this.tls = tls;
        this.permit = permit;
        this.limits = limits;
        this.dispatcher = dispatcher;
        limit(limits.head());
    }

    InetAddress client() {
        return raw.getInetAddress();
    }

    /** Starts the time limit of an answer, or of the next part of one that has no end. */
    void limitAnswer() {
        limit(limits.answer());
    }

    private void limit(Duration time) {
        ends = System.nanoTime() + time.toNanos();
    }

    boolean isOverdue() {
        return System.nanoTime() - ends > 0;
    }

    /** Ends the connection without an answer; for any thread. */
    void abort() {
        try {
            raw.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    OutputStream output() throws IOException {
        return new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    }

    @Override
    public void run() {
        try (permit;
                raw) {
            if (tls.isPresent()) {
                socket = encrypted(tls.get());
            }
            serve();
        } catch (IOException e) {
            // The client has gone, or was too slow.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket encrypted(SSLContext context) throws IOException {
        SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(raw, null, true);
        secure.setUseClientMode(false);
        return secure;
    }

    private void serve() throws IOException, InterruptedException {
        RequestHeadReader heads = new RequestHeadReader(socket.getInputStream());
        boolean more = true;
        while (more) {
            more = serveOne(heads);
            limit(limits.idle());
            if (more) {
                permit.markIdle();
            }
        }
        end();
    }

    /** Answers one request, and returns whether another may follow. */
    private boolean serveOne(RequestHeadReader heads) throws IOException, InterruptedException {
        StatsHttpRequest request;
        try {
            Optional<RequestHead> head = heads.next();
            if (head.isEmpty()) {
                return false;
            }
            permit.markAnswering();
            request = new StatsHttpRequest(head.get(), this, head.get().keepsConnection() && !permit.isReserve());
        } catch (BadRequestException e) {
            permit.markAnswering();
            limit(limits.head());
            RequestHead none = new RequestHead("GET", URI.create("/"), false, Map.of());
            new StatsHttpRequest(none, this, false).send(e.response());
            return false;
        }
        limitAnswer();
        dispatcher.answer(request, permit.isReserve());
        return request.keepsConnection();
    }

    /** Lets the client read the answer: a socket that is closed with unread input discards it. */
    private void end() throws IOException {
        if (permit.isReserve()) {
            return;
        }
        limit(DRAIN_TIME);
        try {
            socket.shutdownOutput();
        } catch (SocketException e) {
            return;
        }
        InputStream in = raw.getInputStream();
        byte[] part = new byte[BUFFER];
        int drained = 0;
        for (int count = 0; count >= 0 && drained < MAX_DRAINED; count = in.read(part)) {
            drained += count;
        }
    }
}
