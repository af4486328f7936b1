package io.interlock.haproxy.accesslog;

import io.interlock.api.loadbalancer.AccessLogEntry.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Formatter of lines as HAProxy's {@code option httplog} and {@code option tcplog} write them. */
final class HttplogFormatter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private HttplogFormatter() {}

    /**
     * The parts of a line.
     *
     * @param phases durations, in HAProxy's order
     * @param counts current connections and queues
     */
    record Fields(
            String client,
            Instant time,
            String frontend,
            String target,
            List<String> phases,
            int status,
            String bytes,
            String termination,
            String counts,
            Request request) {}

    static String line(boolean tcp, Fields fields) {
        StringBuilder line = new StringBuilder(fields.client()).append(" [");
        TIME.formatTo(fields.time(), line);
        line.append("] ").append(fields.frontend()).append(' ').append(fields.target());
        if (tcp) {
            List<String> phases = fields.phases();
            return line.append(' ')
                    .append(phases.get(1) + "/" + phases.get(2) + "/" + phases.get(4) + " ")
                    .append(fields.bytes() + " ")
                    .append(fields.termination() + " ")
                    .append(fields.counts())
                    .toString();
        }
        line.append(' ')
                .append(String.join("/", fields.phases()) + " ")
                .append(fields.status() + " ")
                .append(fields.bytes())
                .append(" - - ")
                .append(fields.termination() + " ")
                .append(fields.counts())
                .append(" \"");
        Request request = fields.request();
        if (request.uri().isEmpty()) {
            return line.append("<BADREQ>\"").toString();
        }
        encode(request.method(), line);
        line.append(' ');
        encode(request.uri(), line);
        line.append(' ');
        encode(request.version(), line);
        return line.append('"').toString();
    }

    /** Writes a text as HAProxy does: {@code #} and two hexadecimal digits for what could be mistaken. */
    private static void encode(String text, StringBuilder line) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '"' && b != '#') {
                line.append((char) b);
            } else {
                line.append(String.format(Locale.ROOT, "#%02X", b & 0xff));
            }
        }
    }
}
