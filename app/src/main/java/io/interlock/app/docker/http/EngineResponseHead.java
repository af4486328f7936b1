package io.interlock.app.docker.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Status and headers of an engine's response.
 *
 * @param version the minor version of HTTP/1
 * @param status 200 to 999
 * @param headers by name in lower case
 */
record EngineResponseHead(int version, int status, Map<String, String> headers) {

    /** Maximum number of bytes of a head, with all interim responses before it. */
    static final int MAX_BYTES = 65_536;

    private static final String PROTOCOL = "HTTP/1.";
    private static final int CODE_AT = 9;
    private static final int CODE_END = 12;
    private static final int FIRST_FINAL = 200;
    private static final int SWITCHING_PROTOCOLS = 101;

    /** Reads a head; skips interim responses. */
    static EngineResponseHead read(InputStream in) throws IOException {
        LineReader lines = new LineReader(in, MAX_BYTES);
        while (true) {
            String first = lines.next();
            int status = status(first);
            Map<String, String> headers = headers(lines);
            if (status >= FIRST_FINAL) {
                return new EngineResponseHead(first.charAt(PROTOCOL.length()) - '0', status, headers);
            }
            if (status == SWITCHING_PROTOCOLS) {
                throw new IOException("the engine's answer changes the protocol, which was not requested");
            }
        }
    }

    private static int status(String line) throws IOException {
        String code = line.startsWith(PROTOCOL) && line.length() >= CODE_END ? line.substring(CODE_AT, CODE_END) : "";
        if (!code.matches("[1-9][0-9]{2}")
                || !Character.isDigit(line.charAt(PROTOCOL.length()))
                || (line.length() > CODE_END && line.charAt(CODE_END) != ' ')) {
            throw new IOException("the answer is not one of HTTP/1");
        }
        return Integer.parseInt(code);
    }

    private static Map<String, String> headers(LineReader lines) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("the answer has a malformed header");
            }
            String value = line.substring(colon + 1).strip();
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    value,
                    (one, other) -> one.equals(other) ? one : one + ", " + other);
        }
        return headers;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Whether the engine keeps the connection open after the body. */
    boolean keepsConnection() {
        return version > 0 && !header("connection").orElse("").equalsIgnoreCase("close");
    }

    /** Reads lines of a head or of a chunked body, up to a number of bytes for all of them. */
    static final class LineReader {

        private final InputStream in;
        private int left;

        LineReader(InputStream in, int maxBytes) {
            this.in = in;
            this.left = maxBytes;
        }

        String next() throws IOException {
            StringBuilder line = new StringBuilder();
            while (true) {
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("the engine closed the connection before the end of its answer");
                }
                left--;
                if (left < 0) {
                    throw new IOException("the headers of the answer are longer than allowed");
                }
                if (next == '\n') {
                    int end = line.length();
                    return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
                }
                line.append((char) next);
            }
        }
    }
}
