package io.interlock.stats.http;

import java.nio.charset.StandardCharsets;

/**
 * A whole answer.
 *
 * @param status of HTTP
 * @param contentType of HTTP
 * @param body its bytes; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StatsHttpResponse(int status, String contentType, byte[] body) {

    private static final String TEXT = "text/plain; charset=utf-8";

    /** A line of text. */
    public static StatsHttpResponse text(int status, String text) {
        return new StatsHttpResponse(status, TEXT, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** A document. */
    public static StatsHttpResponse json(byte[] body) {
        return new StatsHttpResponse(200, "application/json", body);
    }
}
