package io.interlock.haproxy.process;

import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * File with HAProxy's output. It is a file so that HAProxy can continue to print when the controller ends and another
 * one takes over. HAProxy appends to it; the controller cuts it regularly.
 */
public final class ProcessLog {

    private static final long LONGEST = 1 << 20;
    private static final int LAST_WORDS_BYTES = 1 << 14;
    private static final int LAST_WORDS_LINES = 4;

    private final Path path;

    public ProcessLog(Path path) {
        this.path = path;
    }

    /** The file for HAProxy to append to. */
    public Path open() throws IOException {
        if (!Files.exists(path)) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        cut();
        return path;
    }

    /** Empties the file if it has become long. */
    public void cut() throws IOException {
        if (Files.exists(path) && Files.size(path) > LONGEST) {
            FileChannel.open(path, StandardOpenOption.WRITE).truncate(0).close();
        }
    }

    /** The current end of the file; later output comes after it. */
    public long end() throws IOException {
        return Files.exists(path) ? Files.size(path) : 0;
    }

    /** The last alerts printed after the position, otherwise the last output; for messages. */
    public String lastWords(long since) {
        try {
            return lastWords(tail(since));
        } catch (IOException e) {
            return "(what it printed cannot be read: " + ErrorMessages.reason(e) + ")";
        }
    }

    /** The last alerts in a text, otherwise the last lines; for messages. */
    public static String lastWords(String printed) {
        List<String> lines = printed.lines().filter(line -> !line.isBlank()).toList();
        List<String> alerts =
                lines.stream().filter(line -> line.contains("[ALERT]")).toList();
        List<String> words = alerts.isEmpty() ? lines : alerts;
        String text = String.join("; ", words.subList(Math.max(0, words.size() - LAST_WORDS_LINES), words.size()));
        return text.isEmpty() ? "(it printed nothing)" : text;
    }

    private String tail(long since) throws IOException {
        try (FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.READ))) {
            // A position beyond the end dates from before the file was cut.
            long start = Math.max(since > channel.size() ? 0 : since, channel.size() - LAST_WORDS_BYTES);
            ByteBuffer bytes = ByteBuffer.allocate(LAST_WORDS_BYTES);
            channel.read(bytes, start);
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }
}
