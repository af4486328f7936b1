package io.interlock.bench.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;

/** Clients, at other addresses than the honest ones, that send half requests, large heads and wrong passwords. */
final class HostileClients {

    private static final int OPEN = 400;
    private static final int PAUSE_MILLIS = 20;
    private static final int RECEIVE_BUFFER = 4_096;
    private static final int LARGE_HEADERS = 25;
    private static final String LARGE_HEADER = "X: " + "a".repeat(10_000) + "\r\n";

    private final int proxyPort;
    private final int statsPort;

    HostileClients(int proxyPort, int statsPort) {
        this.proxyPort = proxyPort;
        this.statsPort = statsPort;
    }

    List<Runnable> attacks() {
        return List.of(
                () -> open("127.0.0.9", statsPort, "GET /metrics HTTP/1.1\r\n" + LARGE_HEADER.repeat(LARGE_HEADERS)),
                () -> open("127.0.0.10", statsPort, "GET /healthz HT"),
                () -> open("127.0.0.11", statsPort, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                () -> open("127.0.0.12", proxyPort, "GET / HTTP/1.1\r\nHost: "),
                () -> open("127.0.0.13", proxyPort, "GET / HTTP/1.1\r\nHost: " + "a".repeat(14_000) + "\r\n\r\n"),
                this::guess);
    }

    /** Opens one connection after the other, and keeps the latest. */
    private void open(String from, int port, String text) {
        Deque<Socket> open = new ArrayDeque<>();
        while (!Thread.currentThread().isInterrupted()) {
            open.addLast(send(from, port, text));
            if (open.size() > OPEN) {
                close(open.removeFirst());
            }
            pause();
        }
        open.forEach(HostileClients::close);
    }

    private void guess() {
        for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
            String account = Base64.getEncoder()
                    .encodeToString(("u" + i % 20 + ":guess" + i).getBytes(StandardCharsets.US_ASCII));
            Socket socket = send(
                    "127.0.0." + (20 + i % 20),
                    proxyPort,
                    "GET / HTTP/1.1\r\nHost: " + HostileContainers.LOCKED + "\r\nAuthorization: Basic " + account
                            + "\r\nConnection: close\r\n\r\n");
            try {
                socket.setSoTimeout(1_000);
                int unused = socket.getInputStream().read();
            } catch (IOException e) {
                // The attack goes on.
            }
            close(socket);
            pause();
        }
    }

    private static Socket send(String from, int port, String text) {
        Socket socket = new Socket();
        try {
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // It was refused or cut, as it should be.
        }
        return socket;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed.
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
