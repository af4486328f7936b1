package io.interlock.testkit;

import com.sun.net.httpserver.HttpServer;
import io.interlock.api.topology.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP server on this machine that answers every request with its name: what a container would be. */
public final class Origin implements AutoCloseable {

    private final String name;
    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();

    private Origin(String name) throws IOException {
        this.name = name;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] body = name.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    /**
     * Starts one on a free port.
     *
     * @param name what it answers, and what a {@link #server} of it is called
     */
    public static Origin start(String name) throws IOException {
        return new Origin(name);
    }

    /** As a server that takes requests. */
    public Server server() {
        return Topologies.server(name, "127.0.0.1", port());
    }

    /** As a server that finishes what it has. */
    public Server draining() {
        return Topologies.draining(name, "127.0.0.1", port());
    }

    /** How many requests it has had. */
    public int requests() {
        return requests.get();
    }

    private int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
