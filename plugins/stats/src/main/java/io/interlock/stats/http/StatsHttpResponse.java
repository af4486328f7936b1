package io.interlock.stats.http;

import java.nio.charset.StandardCharsets;

/**
 * Complete answer to a request.
 *
 * @param status the HTTP status
 * @param contentType the HTTP content type
 * @param body its bytes; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StatsHttpResponse(int status, String contentType, byte[] body) {

    /** The content type of JSON documents. */
    public static final String JSON = "application/json";

    private static final String TEXT = "text/plain; charset=utf-8";

    /** Creates an answer with a line of text. */
    public static StatsHttpResponse text(int status, String text) {
        return new StatsHttpResponse(status, TEXT, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Creates an answer with a JSON document. */
    public static StatsHttpResponse json(byte[] body) {
        return new StatsHttpResponse(200, JSON, body);
    }
}
