package io.interlock.testsupport.engine;

import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.network.RequestRecorder;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * TCP port that forwards to the real engine's socket. It can be cut and restored, as if the engine disappeared and came
 * back, other faults can be injected with {@link #injectFault}, and it records every request that passes.
 */
public final class EngineProxy implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;
    private static final int BACKLOG = 50;
    private static final int CUT_AFTER = 300;
    private static final Duration PIECE = Duration.ofMillis(200);
    private static final byte[] ERROR =
            "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final SocketAddress engine;
    private final SocketSource sockets;
    private final InetSocketAddress listenAddress;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final RequestRecorder requests = new RequestRecorder();
    private volatile Fault fault = Fault.NONE;
    private Thread acceptor = Thread.ofVirtual().unstarted(() -> {});

    private EngineProxy(LocalEngine engine, SocketSource sockets, InetAddress listenAddress) {
        this.engine = socketOf(engine.address());
        this.sockets = sockets;
        this.listenAddress = new InetSocketAddress(listenAddress, PortAllocator.next());
    }

    /** Fault of an engine, or of the path to it. */
    public enum Fault {
        /** No fault. */
        NONE,
        /** Connections stay, and nothing comes back on any of them. */
        SILENT,
        /** Each piece of an answer takes 200 ms. */
        SLOW,
        /** Every request is answered with status 500. */
        ERRORS,
        /** Every answer ends after 300 bytes. */
        CUT_ANSWERS
    }

    /** Creates an unbound listening socket, for example one with TLS. */
    @FunctionalInterface
    public interface SocketSource {
        ServerSocket create() throws IOException;
    }

    /** Starts a proxy on a port of the loopback address. */
    public static EngineProxy inFrontOf(LocalEngine engine) {
        return inFrontOf(engine, InetAddress.getLoopbackAddress(), ServerSocket::new);
    }

    /** Starts a proxy on a port of any address of this host. */
    public static EngineProxy inFrontOf(LocalEngine engine, InetAddress listenAddress, SocketSource sockets) {
        EngineProxy proxy = new EngineProxy(engine, sockets, listenAddress);
        proxy.mend();
        return proxy;
    }

    private static SocketAddress socketOf(URI engine) {
        return engine.getScheme().equals("unix")
                ? UnixDomainSocketAddress.of(engine.getPath())
                : new InetSocketAddress(engine.getHost(), engine.getPort());
    }

    public int port() {
        return listenAddress.getPort();
    }

    /** Returns the address for an engine's {@code addr}. */
    public String address() {
        return "tcp://" + listenAddress.getAddress().getHostAddress() + ":" + port();
    }

    /** Returns every request line so far, for example {@code GET /v1.41/info HTTP/1.1}. */
    public List<String> requests() {
        return requests.lines();
    }

    /** Injects a fault from now on, or ends it. */
    public void injectFault(Fault from) {
        fault = from;
        if (from == Fault.ERRORS || from == Fault.CUT_ANSWERS) {
            // The connections that are open have already been answered.
            open.stream().filter(Socket.class::isInstance).forEach(EngineProxy::closeQuietly);
        }
    }

    /** Closes every connection and accepts no more. */
    public void cut() {
        for (Closeable closeable : open) {
            closeQuietly(closeable);
        }
        open.clear();
        try {
            // The port can be bound again only when no thread waits for connections any longer.
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Accepts connections again. */
    public void mend() {
        try {
            ServerSocket server = sockets.create();
            server.setReuseAddress(true);
            server.bind(listenAddress, BACKLOG);
            open.add(server);
            acceptor = Thread.ofVirtual().name("engine-proxy").start(() -> acceptAll(server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cut();
    }

    private void acceptAll(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
                // The proxy may have been cut between the two lines above.
                if (server.isClosed()) {
                    closeQuietly(client);
                }
            } catch (IOException e) {
                // The server was cut: the loop ends.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                SocketChannel upstream = connect()) {
            open.add(upstream);
            if (fault == Fault.ERRORS) {
                int unused = client.getInputStream().read(new byte[BUFFER]);
                client.getOutputStream().write(ERROR);
                return;
            }
            Thread.ofVirtual().start(() -> pumpAnswers(upstream, client));
            pumpRequests(client.getInputStream(), upstream);
        } catch (IOException e) {
            // One side has closed, and the other is closed with it, as when a cable is cut.
        } finally {
            open.remove(client);
        }
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = engine instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        channel.connect(engine);
        return channel;
    }

    private void pumpRequests(InputStream from, SocketChannel to) throws IOException {
        RequestRecorder.Connection recorder = requests.connection();
        byte[] buffer = new byte[BUFFER];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            recorder.accept(buffer, n);
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        }
    }

    private void pumpAnswers(SocketChannel from, Socket to) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        boolean cut = fault == Fault.CUT_ANSWERS;
        try (to) {
            OutputStream out = to.getOutputStream();
            while (from.read(buffer) >= 0) {
                hold(to);
                out.write(buffer.array(), 0, cut ? Math.min(CUT_AFTER, buffer.position()) : buffer.position());
                out.flush();
                if (cut) {
                    return;
                }
                buffer.clear();
            }
        } catch (IOException e) {
            // The same as above.
        }
    }

    /** Waits as long as the current fault demands. */
    private void hold(Socket client) {
        if (fault == Fault.SLOW) {
            LockSupport.parkNanos(PIECE.toNanos());
        }
        while (fault == Fault.SILENT && !client.isClosed()) {
            LockSupport.parkNanos(PIECE.toNanos());
        }
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // The socket counts as closed in any case.
        }
    }
}
