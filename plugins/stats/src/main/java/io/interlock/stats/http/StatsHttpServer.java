package io.interlock.stats.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP listener. Each request has a virtual thread; requests beyond a fixed number at a time are asked to try again.
 * Answers GET and HEAD only. The headers of each answer allow a browser only to show it.
 */
public final class StatsHttpServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("stats");

    private static final int MOST_AT_ONCE = 64;
    private static final int BACKLOG = 64;

    /** Permits scripts, styles and connections of this origin only, nothing inline, and no frames. */
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final HttpServer server;
    private final AccessControl access;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Map<String, Handler> handlers = new TreeMap<>();
    private final Map<String, Handler> open = new TreeMap<>();

    /** Answers the requests for one path. */
    @FunctionalInterface
    public interface Handler {
        void handle(Request request) throws IOException, InterruptedException;
    }

    /** Answers the requests for one path with a complete answer. */
    @FunctionalInterface
    public interface ResponseHandler {
        StatsHttpResponse answer(Request request) throws IOException, InterruptedException;
    }

    /**
     * Binds to the address, and accepts no connection yet.
     *
     * @param tls the encryption of connections; empty: none
     * @throws IOException if the address cannot be bound; the message names it
     */
    public StatsHttpServer(InetSocketAddress address, Optional<SSLContext> tls, AccessControl access)
            throws IOException {
        this.access = access;
        try {
            if (tls.isPresent()) {
                HttpsServer secure = HttpsServer.create(address, BACKLOG);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
                server = secure;
            } else {
                server = HttpServer.create(address, BACKLOG);
            }
        } catch (IOException e) {
            throw new IOException("cannot listen on " + address + ": " + ErrorMessages.reason(e), e);
        }
    }

    /** Registers the handler of a path. */
    public void on(String path, ResponseHandler answering) {
        stream(path, request -> request.send(answering.answer(request)));
    }

    /** Registers the handler of a path that is open to all clients. */
    public void onForEverybody(String path, ResponseHandler answering) {
        open.put(path, request -> request.send(answering.answer(request)));
    }

    /** Registers the handler of a path whose answer is written in parts. */
    public void stream(String path, Handler handler) {
        handlers.put(path, handler);
    }

    /** Starts to accept connections. */
    public void start() {
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** The address of the listener. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Closes the listener, and interrupts requests in progress. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!places.tryAcquire()) {
                new Request(exchange).send(StatsHttpResponse.text(503, "Too many requests at the same time."));
                return;
            }
            try {
                dispatch(new Request(exchange));
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("a request for {} failed", exchange.getRequestURI().getPath(), e);
        }
    }

    private void dispatch(Request request) throws IOException, InterruptedException {
        String path = request.path();
        String method = request.exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            request.exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            request.send(StatsHttpResponse.text(405, "Only GET and HEAD."));
            return;
        }
        Handler forEverybody = open.get(path);
        if (forEverybody != null) {
            forEverybody.handle(request);
            return;
        }
        Optional<StatsHttpResponse> refusal = access.refuse(request.exchange);
        if (refusal.isPresent()) {
            request.send(refusal.get());
            return;
        }
        Handler handler = handlers.get(path);
        if (handler == null) {
            request.send(StatsHttpResponse.text(404, "There is nothing at this path."));
        } else {
            handler.handle(request);
        }
    }

    /** Request, with the means to answer it. Confined to its thread. */
    public static final class Request {

        private final HttpExchange exchange;

        private Request(HttpExchange exchange) {
            this.exchange = exchange;
        }

        String path() {
            return exchange.getRequestURI().getPath();
        }

        /** The value of a parameter in the query; empty if it is missing. */
        public Optional<String> parameter(String name) {
            String query = Optional.ofNullable(exchange.getRequestURI())
                    .map(URI::getRawQuery)
                    .orElse("");
            for (String pair : query.split("&")) {
                String[] parts = pair.split("=", 2);
                if (parts.length == 2 && parts[0].equals(name)) {
                    return Optional.of(decoded(parts[1]));
                }
            }
            return Optional.empty();
        }

        /** The value of a header; empty if it is missing. */
        public Optional<String> header(String name) {
            return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
        }

        /** Sends the answer. */
        void send(StatsHttpResponse answer) throws IOException {
            headers(answer.contentType());
            boolean bodiless = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(
                    answer.status(), bodiless || answer.body().length == 0 ? -1 : answer.body().length);
            if (!bodiless) {
                exchange.getResponseBody().write(answer.body());
            }
        }

        /** Starts an answer of unknown length. */
        public OutputStream begin(String contentType) throws IOException {
            headers(contentType);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(200, -1);
                return OutputStream.nullOutputStream();
            }
            exchange.sendResponseHeaders(200, 0);
            return exchange.getResponseBody();
        }

        private void headers(String contentType) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", contentType);
            headers.set("Content-Security-Policy", CONTENT_POLICY);
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            headers.set("Cache-Control", "no-store");
        }

        private static String decoded(String text) {
            try {
                return URLDecoder.decode(text, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return text;
            }
        }
    }
}
