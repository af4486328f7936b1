package io.interlock.testsupport.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * Port of the loopback address that does not answer: the queue of its listener is full and is never emptied. The port stays
 * free for others that the test binds to it after the end.
 */
public final class UnresponsivePort implements AutoCloseable {

    private static final int CONNECT_MILLIS = 200;

    private final ServerSocket listener;
    private final List<Socket> waiting = new ArrayList<>();

    public UnresponsivePort() throws IOException {
        listener = new ServerSocket(PortAllocator.next(), 1, InetAddress.getLoopbackAddress());
        boolean answers = true;
        while (answers) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), CONNECT_MILLIS);
            } catch (SocketTimeoutException e) {
                answers = false;
            }
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
        listener.close();
    }
}
