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
 * Ports for servers that must be told one. A server that can bind port 0 and be asked needs none of these.
 *
 * <p>A port that is found by binding and letting go of it can be anybody's before the server has it. These are kept bound until this
 * JVM ends, by sockets that do not listen: the kernel gives none of them to anybody who asks it for any port, in this JVM or
 * another, and nothing answers there. A server that is told the port can bind it all the same, as servers set {@code SO_REUSEADDR}.
 *
 * <p>Safe for use by several threads.
 */
public final class PortAllocator {

    private static final int ATTEMPTS = 100;

    /** Never closed. */
    private static final List<Socket> KEPT = new ArrayList<>();

    private PortAllocator() {}

    /** Whether nobody listens at this port right now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * A port that nobody uses, for TCP and for UDP, and that this method gives to nobody else.
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

    /** One that is bound gets what is sent to it, so it is not kept. */
    private static boolean isFreeForUdp(int port) {
        try (DatagramSocket socket = new DatagramSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
