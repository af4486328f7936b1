package io.interlock.app.accesslog;

import io.interlock.api.loadbalancer.AccessLogEntry;
import io.interlock.api.loadbalancer.AccessLogEntry.Request;
import io.interlock.app.config.accesslog.AccessLogConfig;
import io.interlock.app.config.accesslog.AccessLogConfig.LineFormat;
import io.interlock.app.config.accesslog.AccessLogField;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Formatter of the line of a request, without its end. A line never contains a control character. Immutable. */
public final class EntryFormatter {

    private static final DateTimeFormatter COMBINED_TIME = DateTimeFormatter.ofPattern(
                    "dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneId.systemDefault());
    private static final int MILLISECONDS = 1_000;

    private final LineFormat format;
    private final List<AccessLogField> fields;
    private final List<String> requestHeaders;
    private final List<String> responseHeaders;
    private final boolean query;

    public EntryFormatter(AccessLogConfig config) {
        this.format = config.format();
        this.fields = config.fields();
        this.requestHeaders = config.requestHeaders();
        this.responseHeaders = config.responseHeaders();
        this.query = config.query();
    }

    public String line(AccessLogEntry entry) {
        return switch (format) {
            case HAPROXY -> query ? entry.line() : withoutQuery(entry.line());
            case COMBINED -> combined(entry);
            case JSON -> json(entry);
        };
    }

    /** The request stands at the end, in quotes; it contains neither a blank nor a quote of a client. */
    private static String withoutQuery(String line) {
        int request = line.indexOf(" \"");
        int mark = line.indexOf('?', request);
        int end = line.lastIndexOf(' ');
        return request >= 0 && mark > request && mark < end ? line.substring(0, mark) + line.substring(end) : line;
    }

    private String combined(AccessLogEntry entry) {
        Request request = entry.request();
        StringBuilder line = new StringBuilder(entry.client().isEmpty() ? "-" : entry.client()).append(" - - [");
        COMBINED_TIME.formatTo(entry.time(), line);
        line.append("] \"");
        if (request.method().isEmpty()) {
            line.append('-');
        } else {
            escape(request.method(), line);
            line.append(' ');
            escape(uri(request.uri()), line);
            line.append(' ');
            escape(request.version(), line);
        }
        line.append("\" ")
                .append(entry.status().isPresent() ? entry.status().getAsInt() : 0)
                .append(' ')
                .append(entry.bytesRead())
                .append(" \"");
        escape(request.referer().isEmpty() ? "-" : uri(request.referer()), line);
        line.append("\" \"");
        escape(request.userAgent().isEmpty() ? "-" : request.userAgent(), line);
        return line.append('"').toString();
    }

    private static void escape(String text, StringBuilder line) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b == '"' || b == '\\') {
                line.append('\\').append((char) b);
            } else if (b >= ' ' && b < 0x7f) {
                line.append((char) b);
            } else {
                line.append(String.format(Locale.ROOT, "\\x%02X", b & 0xff));
            }
        }
    }

    private String json(AccessLogEntry entry) {
        JsonLineWriter line = new JsonLineWriter();
        fields.forEach(field -> add(field, entry, line));
        if (!requestHeaders.isEmpty()) {
            line.texts("request_headers", selected(entry.requestHeaders(), requestHeaders));
        }
        if (!responseHeaders.isEmpty()) {
            line.texts("response_headers", selected(entry.responseHeaders(), responseHeaders));
        }
        return line.end();
    }

    private void add(AccessLogField field, AccessLogEntry entry, JsonLineWriter line) {
        Request request = entry.request();
        String key = field.key();
        switch (field) {
            case TIME -> line.raw(key, seconds(entry.time()));
            case CLIENT -> line.text(key, entry.client());
            case CLIENT_PORT -> line.raw(key, Integer.toString(entry.clientPort()));
            case METHOD -> line.text(key, request.method());
            case HOST -> line.text(key, request.host());
            case URI -> line.text(key, uri(request.uri()));
            case VERSION -> line.text(key, request.version());
            case STATUS ->
                line.raw(
                        key,
                        entry.status().isPresent()
                                ? Integer.toString(entry.status().getAsInt())
                                : "null");
            case BYTES_READ -> line.raw(key, Long.toString(entry.bytesRead()));
            case BYTES_UPLOADED -> line.raw(key, Long.toString(entry.bytesUploaded()));
            case USER_AGENT -> line.text(key, request.userAgent());
            case REFERER -> line.text(key, uri(request.referer()));
            case FRONTEND -> line.text(key, entry.listener());
            case BACKEND -> line.text(key, entry.backend());
            case SERVER -> line.text(key, entry.server());
            case TLS -> line.text(key, entry.tls());
            case TIME_REQUEST -> line.raw(key, Integer.toString(entry.times().request()));
            case TIME_QUEUE -> line.raw(key, Integer.toString(entry.times().queue()));
            case TIME_CONNECT -> line.raw(key, Integer.toString(entry.times().connect()));
            case TIME_RESPONSE -> line.raw(key, Integer.toString(entry.times().response()));
            case TIME_ACTIVE -> line.raw(key, Integer.toString(entry.times().active()));
            case RETRIES -> line.raw(key, Integer.toString(entry.retries()));
            case TERMINATION -> line.text(key, entry.termination());
            case REQUEST_ID -> line.text(key, request.requestId());
            case TRACEPARENT -> line.text(key, request.traceparent());
        }
    }

    private String uri(String uri) {
        int mark = uri.indexOf('?');
        return query || mark < 0 ? uri : uri.substring(0, mark);
    }

    private static Map<String, String> selected(Map<String, String> all, List<String> names) {
        Map<String, String> selected = new LinkedHashMap<>();
        for (String name : names) {
            String value = all.get(name);
            if (value != null) {
                selected.put(name, value);
            }
        }
        return selected;
    }

    private static String seconds(Instant time) {
        long milliseconds = time.toEpochMilli();
        return String.format(
                Locale.ROOT, "%d.%03d", milliseconds / MILLISECONDS, Math.floorMod(milliseconds, MILLISECONDS));
    }
}
