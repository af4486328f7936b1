package io.interlock.testsupport.network;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * HTTP server on the loopback address that stands for a container. A server with a name answers
 * {@code NAME for CLIENT}, where the client is the value of {@code X-Forwarded-For}. It answers {@code /ill} with
 * status 500, and paths below {@code /slow} only after a release.
 */
public final class OriginServer implements AutoCloseable {

    private static final int BACKLOG = 1000;

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch let = new CountDownLatch(1);

    /** Creates a server with a name, at any port. */
    public OriginServer(String name) throws IOException {
        this(name, 0);
    }

    /** Creates a server with a name, at this port. */
    public OriginServer(String name, int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        start(exchange -> answer(name, exchange));
    }

    private OriginServer(int port, HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        start(handler);
    }

    /** Creates a server with this handler, at any port. */
    public static OriginServer answering(HttpHandler handler) throws IOException {
        return answering(0, handler);
    }

    /** Creates a server with this handler, at this port. */
    public static OriginServer answering(int port, HttpHandler handler) throws IOException {
        return new OriginServer(port, handler);
    }

    /** Answers a request and ends the exchange. */
    public static void respond(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Returns {@code METHOD URI for HOST} of each request, in their order. */
    public List<String> requests() {
        return requests;
    }

    /** Waits for a request below {@code /slow}. */
    public void awaitSlowRequest() throws InterruptedException {
        asked.await();
    }

    /** Answers all requests below {@code /slow}; later ones are answered at once. */
    public void letSlowRequestsFinish() {
        let.countDown();
    }

    /** Closes the listener. */
    @Override
    public void close() {
        let.countDown();
        server.stop(0);
        executor.shutdownNow();
    }

    private void start(HttpHandler handler) {
        server.setExecutor(executor);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " for "
                    + exchange.getRequestHeaders().getFirst("Host"));
            handler.handle(exchange);
        });
        server.start();
    }

    private void answer(String name, HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/slow")) {
            asked.countDown();
            try {
                let.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                exchange.close();
                return;
            }
        }
        String client = exchange.getRequestHeaders().getFirst("X-Forwarded-For");
        respond(exchange, path.equals("/ill") ? 500 : 200, name + " for " + client);
    }
}
