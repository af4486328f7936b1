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
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Connection of an HTTP client: accepts any Host header, retries nothing, and reports every failure. For one thread.
 */
public final class HttpConnection implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration IMPATIENCE = Duration.ofSeconds(1);
    private static final int MAX_BODY = 1 << 20;
    private static final Set<Integer> NO_BODY = Set.of(204, 304);
    /** Example of RFC 6455, section 1.3. */
    private static final String WEB_SOCKET_KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final Socket socket;
    private final InputStream in;
    private boolean reusable = true;

    private HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** Response; the names of its headers are in lower case. */
    public record Response(int status, Map<String, String> headers, String body) {

        /** Returns the value of a header; empty if there is none. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** Connects to a port of this host. */
    public static HttpConnection connect(int port) throws IOException {
        return connect(loopback(port));
    }

    public static HttpConnection connect(InetSocketAddress address) throws IOException {
        return connect(address, PATIENCE);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Connects; the limit applies to the connection and then to each wait for more of a response. */
    public static HttpConnection connect(InetSocketAddress address, Duration limit) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) limit.toMillis());
            socket.connect(address, (int) limit.toMillis());
            return new HttpConnection(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a request on a connection of its own. */
    public static Response get(int port, String host, String path, String... headers) throws IOException {
        try (HttpConnection http = connect(port)) {
            return http.get(host, path, headers);
        }
    }

    /** Sends a POST on a connection of its own. */
    public static Response post(int port, String host, String path, String body) throws IOException {
        try (HttpConnection http = connect(port)) {
            return http.post(host, path, body);
        }
    }

    /** Sends a request to another host on a connection of its own, and gives up if nothing arrives for a second. */
    public static Response getFrom(String address, int port, String host, String path) throws IOException {
        try (HttpConnection http = connect(new InetSocketAddress(address, port), IMPATIENCE)) {
            return http.get(host, path);
        }
    }

    /** Sends a request on a connection of its own, and gives up if nothing arrives for a second. */
    public static Response getImpatiently(int port, String host, String path) throws IOException {
        try (HttpConnection http = connect(loopback(port), IMPATIENCE)) {
            return http.get(host, path);
        }
    }

    /**
     * Sends a request and returns its response.
     *
     * @param host empty: HTTP/1.0, without a Host header
     * @param headers further header lines, {@code Name: value}
     */
    public Response get(String host, String path, String... headers) throws IOException {
        send(host, path, headers);
        return read();
    }

    /** Sends a request with a body and returns its response. */
    public Response post(String host, String path, String body) throws IOException {
        request("POST", host, path, body, "Content-Length: " + body.length());
        return read();
    }

    /** Sends a request, whose response {@link #read} returns. */
    public void send(String host, String path, String... headers) throws IOException {
        request("GET", host, path, "", headers);
    }

    /** Sends this text unchanged. */
    public void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Requests a WebSocket; returns the status line. */
    public String upgrade(String host) throws IOException {
        send(
                host,
                "/",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: " + WEB_SOCKET_KEY);
        String statusLine = line();
        Map<String, String> unused = headers();
        return statusLine;
    }

    /** Sends a line and returns the answer, on an upgraded connection. */
    public String exchange(String text) throws IOException {
        write(text + "\n");
        return line();
    }

    /** Whether the connection can be used for another request. */
    public boolean isReusable() {
        return reusable;
    }

    /** Waits for more; returns whether the server has closed the connection instead. */
    public boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return !socket.isClosed();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void request(String method, String host, String path, String body, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method).append(' ').append(path);
        request.append(host.isEmpty() ? " HTTP/1.0\r\n" : " HTTP/1.1\r\nHost: " + host + "\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        write(request.append("\r\n").append(body).toString());
    }

    /** Returns the response to a request that was sent. */
    public Response read() throws IOException {
        String[] statusLine = line().split(" ", 3);
        if (statusLine.length < 2 || !statusLine[0].startsWith("HTTP/1.")) {
            throw new IOException("not an HTTP status line: " + String.join(" ", statusLine));
        }
        int status = Integer.parseInt(statusLine[1]);
        Map<String, String> headers = headers();
        String body = NO_BODY.contains(status) ? "" : body(headers);
        if (statusLine[0].equals("HTTP/1.0")
                || headers.getOrDefault("connection", "").equalsIgnoreCase("close")) {
            reusable = false;
        }
        return new Response(status, headers, body);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
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
