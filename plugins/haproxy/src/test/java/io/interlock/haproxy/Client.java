package io.interlock.haproxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An HTTP client on one connection, with the Host header that a test wants. */
final class Client implements AutoCloseable {

    private static final int TIMEOUT_MS = 20_000;

    private final Socket socket;
    private final InputStream in;

    private Client(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** What came back. */
    record Response(int status, String headers, String body) {}

    static Client connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MS);
        return new Client(socket);
    }

    /** One request on a connection of its own. */
    static Response get(int port, String host, String path, String... headers) throws IOException {
        try (Client client = connect(port)) {
            return client.get(host, path, headers);
        }
    }

    Response get(String host, String path, String... headers) throws IOException {
        send(host, path, headers);
        return read();
    }

    /** One POST on a connection of its own. */
    static Response post(int port, String host, String path, String body) throws IOException {
        try (Client client = connect(port)) {
            client.socket
                    .getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            return client.read();
        }
    }

    /** As it is. */
    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    void send(String host, String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(
                host.isEmpty()
                        ? "GET " + path + " HTTP/1.0\r\n"
                        : "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    Response read() throws IOException {
        String statusLine = line();
        StringBuilder headers = new StringBuilder();
        int length = 0;
        boolean untilEnd = true;
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.append(line).append('\n');
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
                untilEnd = false;
            }
        }
        byte[] body = untilEnd ? in.readAllBytes() : in.readNBytes(length);
        return new Response(
                Integer.parseInt(statusLine.split(" ")[1]),
                headers.toString(),
                new String(body, StandardCharsets.UTF_8));
    }

    /** Asks for a WebSocket; answers with the status line. */
    String upgrade(String host) throws IOException {
        send(
                host,
                "/",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        String statusLine = line();
        for (String line = statusLine; !line.isEmpty(); line = line()) {
            // Nothing in the headers matters.
        }
        return statusLine;
    }

    /** A line there and one back, once it is no HTTP any more. */
    String exchange(String text) throws IOException {
        socket.getOutputStream().write((text + "\n").getBytes(StandardCharsets.US_ASCII));
        return line();
    }

    /** Whether the server has closed the connection. */
    boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection was closed");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
