package io.interlock.bench.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Idle connections that were upgraded to WebSockets. Their server sends back what it receives, so that a check can
 * detect whether they still lead to it.
 */
final class IdleWebSocketConnections implements AutoCloseable {

    /** The example of RFC 6455, section 1.3, whose answer needs no computing. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final int TIMEOUT_MILLIS = 5000;
    private static final int LAST_ASCII = 127;

    private static final int MOST_TRIES = 100;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final List<Socket> sockets = new ArrayList<>();

    private IdleWebSocketConnections() {}

    /**
     * @throws IOException if one of them is not upgraded
     */
    static IdleWebSocketConnections open(int count, int port, String host) throws IOException {
        IdleWebSocketConnections all = new IdleWebSocketConnections();
        try {
            for (int i = 0; i < count; i++) {
                all.sockets.add(upgradedSoon(port, host));
            }
            return all;
        } catch (IOException e) {
            all.close();
            throw e;
        }
    }

    /** Retries: a proxy that has just loaded a configuration may still answer with the previous one. */
    private static Socket upgradedSoon(int port, String host) throws IOException {
        for (int tries = 1; tries < MOST_TRIES; tries++) {
            try {
                return upgraded(port, host);
            } catch (IOException notYet) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        return upgraded(port, host);
    }

    private static Socket upgraded(int port, String host) throws IOException {
        Socket socket = new Socket();
        socket.connect(FirstAnswerPoller.local(port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.getOutputStream()
                .write(("GET /socket HTTP/1.1\r\nHost: " + host
                                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: " + KEY + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        // The server sends nothing after the head until it receives data, so the reader loses nothing.
        BufferedReader head =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String status = head.readLine();
        if (status == null || !status.contains(" 101 ")) {
            socket.close();
            throw new IOException("not upgraded: " + status);
        }
        for (String line = head.readLine(); line != null && !line.isEmpty(); line = head.readLine()) {
            // The server's other headers do not matter.
        }
        return socket;
    }

    /** The number of connections that still lead to the server. */
    int alive() {
        int alive = 0;
        for (int i = 0; i < sockets.size(); i++) {
            if (echoes(sockets.get(i), i % LAST_ASCII)) {
                alive++;
            }
        }
        return alive;
    }

    private static boolean echoes(Socket socket, int value) {
        try {
            socket.getOutputStream().write(value);
            return socket.getInputStream().read() == value;
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
