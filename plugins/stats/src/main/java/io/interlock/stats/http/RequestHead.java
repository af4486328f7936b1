package io.interlock.stats.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Head of an HTTP request. The listener reads no bodies.
 *
 * @param method the method
 * @param target the path and the query
 * @param http10 whether the client speaks HTTP/1.0
 * @param headers the first value of each header, by name in lower case
 */
record RequestHead(String method, URI target, boolean http10, Map<String, String> headers) {

    private static final Pattern NO_GZIP = Pattern.compile("gzip\\s*;\\s*q=0(?:\\.0{0,3})?");

    RequestHead {
        headers = Map.copyOf(headers);
    }

    /** The decoded path. */
    String path() {
        return Optional.ofNullable(target.getPath()).orElse("");
    }

    /** The value of a parameter in the query; empty if it is missing. */
    Optional<String> parameter(String name) {
        String query = Optional.ofNullable(target.getRawQuery()).orElse("");
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2 && parts[0].equals(name)) {
                return Optional.of(decoded(parts[1]));
            }
        }
        return Optional.empty();
    }

    /** The value of a header; empty if it is missing. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether the client reads gzip. */
    boolean acceptsGzip() {
        String accepted = header("accept-encoding").orElse("").toLowerCase(Locale.ROOT);
        for (String coding : accepted.split(",")) {
            String text = coding.strip();
            if (text.equals("gzip") || text.startsWith("gzip;") || text.startsWith("gzip ")) {
                return !NO_GZIP.matcher(text).matches();
            }
        }
        return false;
    }

    /** Whether another request may follow on the connection. After a body, which is not read, none can. */
    boolean keepsConnection() {
        boolean body = headers.containsKey("transfer-encoding")
                || !header("content-length").orElse("0").equals("0");
        boolean close = header("connection").orElse("").toLowerCase(Locale.ROOT).contains("close");
        return !http10 && !body && !close;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
