package io.interlock.stats.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the heads of the requests of one connection (RFC 9112). Size and number of the lines are limited while they are
 * read; the time is limited by the connection.
 */
final class RequestHeadReader {

    /** Limit of a head in bytes. */
    static final int MAX_HEAD = 16 << 10;
    /** Limit of the headers of a head. */
    static final int MAX_HEADERS = 64;

    private static final int BUFFER = 1 << 10;
    private static final Pattern REQUEST_LINE =
            Pattern.compile("([A-Z]{1,16}) (?:[Hh][Tt][Tt][Pp][Ss]?://[^/?# ]*)?([^ ]*) HTTP/1\\.([0-9])");
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final InputStream in;
    private int left;

    RequestHeadReader(InputStream in) {
        this.in = new BufferedInputStream(in, BUFFER);
    }

    /** Reads the next head; empty if the client has ended the connection. */
    Optional<RequestHead> next() throws IOException, BadRequestException {
        left = MAX_HEAD;
        Optional<String> first = line();
        // Old clients send an empty line after a body.
        if (first.isPresent() && first.get().isEmpty()) {
            first = line();
        }
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Matcher parts = REQUEST_LINE.matcher(first.get());
        if (!parts.matches()) {
            throw new BadRequestException(400, "The first line is no request of HTTP/1.");
        }
        Map<String, String> headers = headers();
        boolean http10 = parts.group(3).equals("0");
        if (!http10 && !headers.containsKey("host")) {
            throw new BadRequestException(400, "The header Host is missing.");
        }
        return Optional.of(new RequestHead(parts.group(1), target(parts.group(2)), http10, headers));
    }

    private Map<String, String> headers() throws IOException, BadRequestException {
        Map<String, String> headers = new HashMap<>();
        for (int count = 0; ; count++) {
            String line = line().orElseThrow(() -> new EOFException("the head of a request is not complete"));
            if (line.isEmpty()) {
                return headers;
            }
            if (count == MAX_HEADERS) {
                throw new BadRequestException(431, "At most " + MAX_HEADERS + " headers.");
            }
            int colon = line.indexOf(':');
            if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
                throw new BadRequestException(400, "A line of the head is no header.");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            if (headers.putIfAbsent(name, line.substring(colon + 1).strip()) != null && name.equals("host")) {
                throw new BadRequestException(400, "There are two headers Host.");
            }
        }
    }

    private static URI target(String text) throws BadRequestException {
        try {
            // A path of "//x" is no host.
            return new URI(text.startsWith("/") ? text.replaceFirst("^/+", "/") : "/" + text);
        } catch (URISyntaxException e) {
            throw new BadRequestException(400, "The path is not valid.");
        }
    }

    /** The next line without its end; empty at the end of the connection. */
    private Optional<String> line() throws IOException, BadRequestException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        while (true) {
            int c = in.read();
            if (c < 0) {
                return Optional.empty();
            }
            if (--left < 0) {
                throw new BadRequestException(431, "At most " + MAX_HEAD + " bytes before the body.");
            }
            if (c == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
            }
            line.write(c);
        }
    }
}
