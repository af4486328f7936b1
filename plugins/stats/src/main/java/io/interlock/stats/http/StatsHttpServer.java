package io.interlock.stats.http;

import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP listener for GET and HEAD. Connections, heads, times and concurrent answers are limited, so that its use of
 * memory has a limit whatever clients do; docs/adr/0014-statistics-listener.md says why it is not a library. Each
 * connection has a virtual thread. Answers other than health are made on threads of the operating system: they compute
 * for long, and must not keep virtual threads waiting.
 */
public final class StatsHttpServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("stats");

    private static final int MAX_ANSWERS = 64;
    /** Connections beyond the limits, for which only health is answered. */
    private static final int RESERVE = 256;

    private static final int BACKLOG = 1024;
    private static final int IDLE_THREAD_SECONDS = 10;
    private static final Duration LOOK = Duration.ofMillis(250);

    private final ServerSocket listener;
    private final Optional<SSLContext> tls;
    private final AccessControl access;
    private final Limits limits;
    private final ConnectionLimiter limiter;
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService answers = new ThreadPoolExecutor(
            0,
            MAX_ANSWERS,
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("stats-answer-", 0).factory());
    private final Map<String, Handler> handlers = new TreeMap<>();
    private final Map<String, Handler> open = new TreeMap<>();

    /**
     * Limits of connections.
     *
     * @param total all connections
     * @param perClient connections of an IPv4 address or an IPv6 network of 64 bits; 0: no limit
     * @param head time for the first head, from the connection on, with the handshake of TLS
     * @param idle time for a further head, from the previous answer on
     * @param answer time for an answer
     */
    public record Limits(int total, int perClient, Duration head, Duration idle, Duration answer) {

        /** Usual times. */
        public static Limits of(int total, int perClient) {
            return new Limits(total, perClient, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60));
        }
    }

    /** Answers the requests for one path. */
    @FunctionalInterface
    public interface Handler {
        void handle(StatsHttpRequest request) throws IOException, InterruptedException;
    }

    /** Answers the requests for one path with a complete answer. */
    @FunctionalInterface
    public interface ResponseHandler {
        StatsHttpResponse answer(StatsHttpRequest request) throws IOException, InterruptedException;
    }

    /**
     * Binds to the address, and accepts no connection yet.
     *
     * @param tls the encryption of connections; empty: none
     * @throws IOException if the address cannot be bound; the message names it
     */
    public StatsHttpServer(InetSocketAddress address, Optional<SSLContext> tls, AccessControl access, Limits limits)
            throws IOException {
        this.tls = tls;
        this.access = access;
        this.limits = limits;
        this.limiter = new ConnectionLimiter(limits.total(), limits.perClient(), RESERVE, System::nanoTime);
        try {
            listener = new ServerSocket(address.getPort(), BACKLOG, address.getAddress());
        } catch (IOException e) {
            throw new IOException("cannot listen on " + address + ": " + ErrorMessages.reason(e), e);
        }
    }

    /** Registers the handler of a path. */
    public void on(String path, ResponseHandler answering) {
        stream(path, request -> request.send(answering.answer(request)));
    }

    /** Registers the handler of a path that is open to all clients, and is answered beyond the limits; it is quick. */
    public void onForEverybody(String path, ResponseHandler answering) {
        open.put(path, request -> request.send(answering.answer(request)));
    }

    /** Registers the handler of a path whose answer is written in parts. */
    public void stream(String path, Handler handler) {
        handlers.put(path, handler);
    }

    /** Starts to accept connections. */
    public void start() {
        Thread.ofPlatform().daemon().name("stats-accept").start(this::accept);
        Thread.ofPlatform().daemon().name("stats-limits").start(this::endOverdue);
    }

    /** The address of the listener. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Closes the listener and its connections, and interrupts requests in progress. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            log.debug("the listener cannot be closed: {}", ErrorMessages.reason(e));
        }
        answers.shutdownNow();
        connections.forEach(ClientConnection::abort);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                serve(listener.accept());
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    log.debug("no connection can be accepted: {}", ErrorMessages.reason(e));
                    pause();
                }
            }
        }
    }

    private void serve(Socket socket) {
        ConnectionLimiter.Permit permit = limiter.admit(socket.getInetAddress(), () -> close(socket));
        ClientConnection connection = new ClientConnection(socket, tls, permit, limits, this::answer);
        connections.add(connection);
        Thread.ofVirtual().name("stats-connection").start(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        });
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void endOverdue() {
        while (!listener.isClosed()) {
            connections.stream().filter(ClientConnection::isOverdue).forEach(ClientConnection::abort);
            pause();
        }
        connections.forEach(ClientConnection::abort);
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(StatsHttpRequest request, boolean reserve) throws IOException, InterruptedException {
        String method = request.head().method();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            request.header("Allow", "GET, HEAD");
            request.send(StatsHttpResponse.text(405, "Only GET and HEAD."));
            return;
        }
        Handler forEverybody = open.get(request.head().path());
        if (forEverybody != null) {
            run(forEverybody, request);
        } else if (reserve) {
            request.send(StatsHttpResponse.text(503, "Too many connections."));
        } else {
            answerOnOwnThread(request);
        }
    }

    private void answerOnOwnThread(StatsHttpRequest request) throws IOException, InterruptedException {
        Optional<StatsHttpResponse> refusal = access.refuse(request);
        Handler handler = handlers.get(request.head().path());
        if (refusal.isPresent()) {
            request.send(refusal.get());
        } else if (handler == null) {
            request.send(StatsHttpResponse.text(404, "There is nothing at this path."));
        } else {
            try {
                Future<?> answer = answers.submit(() -> {
                    run(handler, request);
                    return null;
                });
                await(answer);
            } catch (RejectedExecutionException e) {
                request.send(StatsHttpResponse.text(503, "Too many requests at the same time."));
            }
        }
    }

    private static void await(Future<?> answer) throws IOException, InterruptedException {
        try {
            answer.get();
        } catch (ExecutionException e) {
            throw new IOException("the answer was not sent", e.getCause());
        }
    }

    private static void run(Handler handler, StatsHttpRequest request) throws IOException, InterruptedException {
        try {
            handler.handle(request);
        } catch (RuntimeException e) {
            log.error("a request for {} failed", request.head().path(), e);
            if (request.isBegun()) {
                throw new IOException("the answer is not complete", e);
            }
            request.send(StatsHttpResponse.text(500, "This is a mistake of Interlock; its log has the details."));
        }
    }
}
