package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.util.CountText;
import io.interlock.util.PrintableText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A request, on one line. */
public final class RequestText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final double MILLISECONDS = 1e3;

    private RequestText() {}

    public static String of(JsonNode request) {
        if (request.has("missed")) {
            return "(" + CountText.of(request.path("missed").asLong(), "request") + " came too fast to be shown)";
        }
        Instant time = Instant.ofEpochMilli(Math.round(request.path("time").asDouble() * MILLISECONDS));
        String method = request.path("method").asText();
        String server = request.path("server").asText();
        return TIME.format(time) + "  " + request.path("client").asText() + "  "
                + (request.path("status").isNull()
                        ? "-"
                        : request.path("status").asText()) + "  "
                + request.path("time_active").asText() + " ms  "
                + PrintableText.line((method.isEmpty()
                                ? "-"
                                : method + " " + request.path("host").asText()
                                        + request.path("uri").asText())
                        + "  "
                        + (server.isEmpty() ? request.path("backend").asText() : server));
    }
}
