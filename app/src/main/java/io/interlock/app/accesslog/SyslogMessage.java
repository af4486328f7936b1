package io.interlock.app.accesslog;

import io.interlock.app.accesslog.LineWriter.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Messages of syslog by RFC 5424: facility {@code local0}, severity {@code info}, application {@code interlock}. */
final class SyslogMessage {

    private static final String PRIORITY = "<134>1 ";
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int LONGEST_HOST_NAME = 255;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final String origin;

    SyslogMessage() {
        this(hostName(), ProcessHandle.current().pid());
    }

    SyslogMessage(String host, long pid) {
        this.origin = " " + host + " interlock " + pid + " access - ";
    }

    byte[] of(Line line) {
        return (PRIORITY + TIME.format(Instant.ofEpochMilli(line.time())) + origin + line.text())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The message for a stream, with its length before it (RFC 6587). */
    byte[] counted(Line line) {
        byte[] message = of(line);
        byte[] length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] framed = new byte[length.length + message.length];
        System.arraycopy(length, 0, framed, 0, length.length);
        System.arraycopy(message, 0, framed, length.length, message.length);
        return framed;
    }

    private static String hostName() {
        try {
            String name = Files.readString(HOST_NAME).strip();
            boolean good = !name.isEmpty()
                    && name.length() <= LONGEST_HOST_NAME
                    && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
            return good ? name : "-";
        } catch (IOException e) {
            return "-";
        }
    }
}
