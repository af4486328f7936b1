package io.interlock.testsupport.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** TCP server on the loopback address with a thread for each connection. */
public class SocketServer implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Serves one connection, which is closed afterwards; an I/O error ends it. */
    @FunctionalInterface
    public interface ConnectionHandler {
        void serve(Socket connection) throws IOException;
    }

    /** Listens at any port. */
    public SocketServer(ConnectionHandler handler) throws IOException {
        Thread.ofVirtual().name("socket-server").start(() -> acceptAll(handler));
    }

    public final int port() {
        return listener.getLocalPort();
    }

    private void acceptAll(ConnectionHandler handler) {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                open.add(connection);
                Thread.ofVirtual().start(() -> serve(connection, handler));
            } catch (IOException e) {
                // The server was closed: the loop ends.
            }
        }
    }

    private void serve(Socket connection, ConnectionHandler handler) {
        try (connection) {
            handler.serve(connection);
        } catch (IOException e) {
            // The client has closed the connection.
        } finally {
            open.remove(connection);
        }
    }

    /** Closes the listener and all connections. */
    @Override
    public final void close() throws IOException {
        listener.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}
