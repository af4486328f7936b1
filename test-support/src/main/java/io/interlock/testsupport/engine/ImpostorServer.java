package io.interlock.testsupport.engine;

import com.sun.net.httpserver.HttpServer;
import io.interlock.testsupport.network.OriginServer;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * HTTP server of this host at the address of a container in another network of the same range, which must never get a
 * request for the container. Needs root and {@code ip}.
 */
public final class ImpostorServer implements AutoCloseable {

    private static final int PORT = 8080;
    private static final int BACKLOG = 50;

    private final String device;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();

    private ImpostorServer(String device, HttpServer server) {
        this.device = device;
        this.server = server;
    }

    /**
     * Starts the server.
     *
     * @param device the name of its network device, at most 15 characters
     * @param gateway the address of this host in the range
     * @param address the container's address
     */
    public static ImpostorServer start(String device, String gateway, String address) throws IOException {
        SystemProcesses.run("ip", "link", "add", device, "type", "bridge");
        for (String one : new String[] {gateway, address}) {
            SystemProcesses.run("ip", "addr", "add", one + "/24", "dev", device);
        }
        SystemProcesses.run("ip", "link", "set", device, "up");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), PORT), BACKLOG);
        ImpostorServer impostor = new ImpostorServer(device, server);
        server.setExecutor(impostor.executor);
        server.createContext("/", exchange -> {
            impostor.requests.incrementAndGet();
            OriginServer.respond(exchange, 200, "impostor");
        });
        server.start();
        return impostor;
    }

    /** Returns the number of requests that it got. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        executor.shutdownNow();
        SystemProcesses.run("ip", "link", "del", device);
    }
}
