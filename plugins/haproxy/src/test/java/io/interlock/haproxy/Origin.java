package io.interlock.haproxy;

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

/** A server behind HAProxy that answers with its name; below {@code /slow} only when it is let. */
final class Origin implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch let = new CountDownLatch(1);

    private final List<String> requests = new CopyOnWriteArrayList<>();

    Origin(String name) throws IOException {
        this(name, 0);
    }

    Origin(String name, int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
        server.setExecutor(executor);
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " for "
                        + exchange.getRequestHeaders().getFirst("Host"));
                if (exchange.getRequestURI().getPath().startsWith("/slow")) {
                    asked.countDown();
                    let.await();
                }
                String forwarded = exchange.getRequestHeaders().getFirst("X-Forwarded-For");
                byte[] body = (name + " for " + forwarded).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(
                        exchange.getRequestURI().getPath().equals("/ill") ? 500 : 200, body.length);
                exchange.getResponseBody().write(body);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Each one's method, URI and host, in the order in which they came. */
    List<String> requests() {
        return requests;
    }

    void awaitSlowRequest() throws InterruptedException {
        asked.await();
    }

    void letSlowRequestsFinish() {
        let.countDown();
    }

    @Override
    public void close() {
        let.countDown();
        server.stop(0);
        executor.shutdownNow();
    }
}
