package io.interlock.testsupport.network;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP/1.1 connection, by hand: any Host header, nothing retried, every failure seen. For one thread.
 */
public final class Http implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration IMPATIENCE = Duration.ofSeconds(1);
    private static final int MAX_BODY = 1 << 20;

    private final Socket socket;
    private final InputStream in;
    private boolean reusable = true;

    private Http(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** An answer; the names of its headers are in lower case. */
    public record Response(int status, Map<String, String> headers, String body) {}

    /** Connects to a port of this host. */
    public static Http connect(int port) throws IOException {
        return connect(loopback(port));
    }

    public static Http connect(InetSocketAddress address) throws IOException {
        return connect(address, PATIENCE);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Connects; the limit is for the connection and then for each wait for more of an answer. */
    public static Http connect(InetSocketAddress address, Duration limit) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) limit.toMillis());
            socket.connect(address, (int) limit.toMillis());
            return new Http(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** One request on a connection of its own. */
    public static Response get(int port, String host, String path, String... headers) throws IOException {
        try (Http http = connect(port)) {
            return http.get(host, path, headers);
        }
    }

    /** One request on a connection of its own to another host that is given up if nothing comes for a second. */
    public static Response getFrom(String address, int port, String host, String path) throws IOException {
        try (Http http = connect(new InetSocketAddress(address, port), IMPATIENCE)) {
            return http.get(host, path);
        }
    }

    /** One request on a connection of its own that is given up if nothing comes for a second. */
    public static Response getImpatiently(int port, String host, String path) throws IOException {
        try (Http http = connect(loopback(port), IMPATIENCE)) {
            return http.get(host, path);
        }
    }

    /**
     * One request and its answer.
     *
     * @param headers further header lines, {@code Name: value}
     */
    public Response get(String host, String path, String... headers) throws IOException {
        send("GET", host, path, "", headers);
        return read();
    }

    /** One request with a body and its answer. */
    public Response post(String host, String path, String body) throws IOException {
        send("POST", host, path, body, "Content-Length: " + body.length());
        return read();
    }

    /** Whether the connection can take another request. */
    public boolean isReusable() {
        return reusable;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(String method, String host, String path, String body, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        request.append("\r\n").append(body);
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private Response read() throws IOException {
        String[] statusLine = line().split(" ", 3);
        if (statusLine.length < 2 || !statusLine[0].startsWith("HTTP/1.")) {
            throw new IOException("not an HTTP status line: " + String.join(" ", statusLine));
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String body = body(headers);
        if (statusLine[0].equals("HTTP/1.0")
                || headers.getOrDefault("connection", "").equalsIgnoreCase("close")) {
            reusable = false;
        }
        return new Response(Integer.parseInt(statusLine[1]), headers, body);
    }

    private String body(Map<String, String> headers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                copy(size, body);
                line();
            }
            line();
        } else if (headers.containsKey("content-length")) {
            copy(Integer.parseInt(headers.get("content-length")), body);
        } else {
            body.write(in.readNBytes(MAX_BODY));
            reusable = false;
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private void copy(int size, ByteArrayOutputStream to) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the connection ended after " + bytes.length + " of " + size + " bytes");
        }
        to.write(bytes);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended within the head of an answer");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
