package io.interlock.stats.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Request, with the means to answer it. The headers of each answer allow a browser only to show it. Confined to its
 * thread.
 */
public final class StatsHttpRequest {

    private static final int BUFFER = 8 << 10;
    private static final int LEAST_COMPRESSED = 1 << 10;

    /** Permits scripts, styles and connections of this origin only, nothing inline, and no frames. */
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<Integer, String> REASONS = Map.of(
            200, "OK",
            400, "Bad Request",
            401, "Unauthorized",
            404, "Not Found",
            405, "Method Not Allowed",
            421, "Misdirected Request",
            429, "Too Many Requests",
            431, "Request Header Fields Too Large",
            500, "Internal Server Error",
            503, "Service Unavailable");

    /** Writes the body of an answer. */
    @FunctionalInterface
    public interface BodyWriter {
        void writeTo(OutputStream out) throws IOException;
    }

    private final RequestHead head;
    private final ClientConnection connection;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private boolean keepsConnection;
    private boolean begun;

    StatsHttpRequest(RequestHead head, ClientConnection connection, boolean keepsConnection) {
        this.head = head;
        this.connection = connection;
        this.keepsConnection = keepsConnection;
        header("Content-Security-Policy", CONTENT_POLICY);
        header("X-Content-Type-Options", "nosniff");
        header("Referrer-Policy", "no-referrer");
        header("Cache-Control", "no-store");
    }

    RequestHead head() {
        return head;
    }

    /** The value of a parameter in the query; empty if it is missing. */
    public Optional<String> parameter(String name) {
        return head.parameter(name);
    }

    /** The value of a header; empty if it is missing. */
    public Optional<String> header(String name) {
        return head.header(name);
    }

    /** The address at the other end of the connection. */
    InetAddress client() {
        return connection.client();
    }

    /** Adds a header to the answer. */
    void header(String name, String value) {
        headers.put(name, value);
    }

    /** Whether the connection can be used for another request after the answer. */
    boolean keepsConnection() {
        return keepsConnection;
    }

    /** Whether an answer was started. */
    boolean isBegun() {
        return begun;
    }

    /** Gives the client more time for the rest of an answer that has no end of its own. */
    void renewTimeLimit() {
        connection.limitAnswer();
    }

    /** Ends the connection; for other threads. */
    public void abort() {
        connection.abort();
    }

    /** Sends the answer. */
    public void send(StatsHttpResponse answer) throws IOException {
        if (answer.body().length >= LEAST_COMPRESSED && head.acceptsGzip()) {
            stream(answer.status(), answer.contentType(), out -> out.write(answer.body()));
            return;
        }
        header("Content-Length", Integer.toString(answer.body().length));
        OutputStream out = connection.output();
        writeHead(out, answer.status(), answer.contentType());
        if (!head.isHead()) {
            out.write(answer.body());
        }
        out.flush();
    }

    /** Sends an answer of unknown length while it is written, compressed if the client asks for it. */
    public void stream(String contentType, BodyWriter body) throws IOException {
        stream(200, contentType, body);
    }

    private void stream(int status, String contentType, BodyWriter body) throws IOException {
        boolean gzip = head.acceptsGzip();
        header("Vary", "Accept-Encoding");
        if (gzip) {
            header("Content-Encoding", "gzip");
        }
        if (head.http10()) {
            keepsConnection = false;
        } else {
            header("Transfer-Encoding", "chunked");
        }
        OutputStream out = connection.output();
        writeHead(out, status, contentType);
        if (head.isHead()) {
            out.flush();
            return;
        }
        // A body whose writer fails has no end, so that the client does not take it for complete.
        OutputStream framed = head.http10() ? out : new ChunkedOutputStream(out, BUFFER);
        if (gzip) {
            compress(framed, body);
        } else {
            body.writeTo(framed);
        }
        if (framed instanceof ChunkedOutputStream chunked) {
            chunked.end();
        }
        out.flush();
    }

    private static void compress(OutputStream out, BodyWriter body) throws IOException {
        GzipBody gzip = new GzipBody(out);
        try {
            body.writeTo(gzip);
            gzip.finish();
        } finally {
            gzip.release();
        }
    }

    private void writeHead(OutputStream out, int status, String contentType) throws IOException {
        begun = true;
        StringBuilder text = new StringBuilder(512)
                .append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(REASONS.getOrDefault(status, ""))
                .append("\r\nDate: ")
                .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)))
                .append("\r\nContent-Type: ")
                .append(contentType)
                .append("\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        if (!keepsConnection) {
            text.append("Connection: close\r\n");
        }
        out.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Compressed body, cheap rather than small. */
    private static final class GzipBody extends GZIPOutputStream {

        GzipBody(OutputStream out) throws IOException {
            super(out, BUFFER, true);
            def.setLevel(Deflater.BEST_SPEED);
        }

        /** Frees memory that is not on the heap, also after a failure. */
        void release() {
            def.end();
        }
    }
}
