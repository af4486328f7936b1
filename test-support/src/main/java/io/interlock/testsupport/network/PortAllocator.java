package io.interlock.testsupport.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Allocator of ports for servers that need a given port. A server that can bind port 0 and report its port does not
 * need it.
 *
 * <p>A port that is found by binding and releasing it can be taken before the server binds it. Allocated ports stay
 * bound until this JVM ends, by sockets that do not listen: the kernel gives none of them to a process that asks for
 * any port, and nothing answers there. A server can still bind its given port, because servers set
 * {@code SO_REUSEADDR}.
 *
 * <p>Safe for use by several threads.
 */
public final class PortAllocator {

    private static final int ATTEMPTS = 100;

    /** Sockets that are never closed. */
    private static final List<Socket> KEPT = new ArrayList<>();

    private PortAllocator() {}

    /** Whether no server currently listens at this port. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Returns a port that is unused for TCP and UDP, and that this method returns only once.
     *
     * @throws UncheckedIOException if there is none
     */
    public static synchronized int next() {
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Socket socket = new Socket();
                KEPT.add(socket);
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(0));
                if (isFreeForUdp(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new UncheckedIOException(new IOException("found no port that is free for TCP and UDP"));
    }

    /** The port is not kept bound for UDP, because a bound socket would receive the packets. */
    private static boolean isFreeForUdp(int port) {
        try (DatagramSocket socket = new DatagramSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
