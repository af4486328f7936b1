package io.interlock.app.docker;

import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** TCP port of this machine that forwards to the real engine, and can be shut or frozen. */
final class EnginePortForwarder implements AutoCloseable {

    private final ServerSocketFactory sockets;
    private final int port;
    private final Set<AutoCloseable> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger passed = new AtomicInteger();
    private volatile boolean frozen;
    private @Nullable ServerSocket server;

    /** Creates a forwarder that is open from the start. */
    EnginePortForwarder(ServerSocketFactory sockets) throws IOException {
        this.sockets = sockets;
        this.port = PortAllocator.next();
        listen();
    }

    int port() {
        return port;
    }

    /** The number of connections that reached the engine. */
    int passed() {
        return passed.get();
    }

    /** Ends all connections and accepts no more. */
    void shut() throws IOException {
        if (server != null) {
            server.close();
        }
        connections.forEach(EnginePortForwarder::closeQuietly);
        connections.clear();
    }

    void open() throws IOException {
        frozen = false;
        listen();
    }

    /** Connections stay open and new ones are accepted, but no byte passes. */
    void freeze() {
        frozen = true;
    }

    private void listen() throws IOException {
        ServerSocket listening = sockets.createServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server = listening;
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket client = listening.accept();
                    Thread.ofVirtual().start(() -> connect(client));
                }
            } catch (IOException shut) {
                // shut, as requested
            }
        });
    }

    private void connect(Socket client) {
        connections.add(client);
        try {
            InputStream fromClient = client.getInputStream();
            // With TLS, the first byte comes after the handshake: a client that fails it never reaches the engine.
            int first = fromClient.read();
            if (first < 0) {
                return;
            }
            SocketChannel engine = SocketChannel.open(StandardProtocolFamily.UNIX);
            connections.add(engine);
            engine.connect(UnixDomainSocketAddress.of(Path.of("/var/run/docker.sock")));
            passed.incrementAndGet();
            OutputStream toEngine = Channels.newOutputStream(engine);
            toEngine.write(first);
            OutputStream toClient = client.getOutputStream();
            Thread.ofVirtual().start(() -> pipe(Channels.newInputStream(engine), toClient, client, engine));
            pipe(fromClient, toEngine, client, engine);
        } catch (IOException | UncheckedIOException broken) {
            closeQuietly(client);
        }
    }

    private void pipe(InputStream from, OutputStream to, AutoCloseable... both) {
        byte[] buffer = new byte[8192];
        try {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                if (!frozen) {
                    to.write(buffer, 0, read);
                    to.flush();
                }
            }
        } catch (IOException broken) {
            // both ends are closed below
        }
        for (AutoCloseable end : both) {
            closeQuietly(end);
        }
    }

    private static void closeQuietly(AutoCloseable connection) {
        try {
            connection.close();
        } catch (Exception alreadyBroken) {
            // nothing left to do
        }
    }

    @Override
    public void close() throws IOException {
        shut();
    }
}
