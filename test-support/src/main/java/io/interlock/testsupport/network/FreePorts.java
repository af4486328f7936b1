package io.interlock.testsupport.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports of this host that nobody uses right now. Those that are given away are kept bound until this JVM ends, by sockets that do not
 * listen: the kernel gives none of them to anybody who asks it for any port, and whoever is told one can bind it all the same, as
 * servers set {@code SO_REUSEADDR}. The test kit has the same for tests of plugins.
 */
public final class FreePorts {

    /** Never closed. */
    private static final List<Socket> KEPT = new ArrayList<>();

    private FreePorts() {}

    /** Whether nobody listens at this port right now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** A port that nobody uses, and that this method gives to nobody else. */
    public static synchronized int next() {
        try {
            Socket socket = new Socket();
            KEPT.add(socket);
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
