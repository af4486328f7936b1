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
 * What HAProxy prints: a file, so that HAProxy can go on printing when the controller ends and another one takes over.
 * HAProxy appends; whoever watches it cuts the file now and then.
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

    /** Where the file ends now: what is printed later comes after it. */
    public long end() throws IOException {
        return Files.exists(path) ? Files.size(path) : 0;
    }

    /** The last alerts printed after that place, else whatever was printed; for a message. */
    public String lastWords(long since) {
        try {
            return lastWords(tail(since));
        } catch (IOException e) {
            return "(what it printed cannot be read: " + ErrorMessages.reason(e) + ")";
        }
    }

    /** The last alerts in a text, else the last lines; for a message. */
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
            // A place beyond the end is one before the file was cut.
            long start = Math.max(since > channel.size() ? 0 : since, channel.size() - LAST_WORDS_BYTES);
            ByteBuffer bytes = ByteBuffer.allocate(LAST_WORDS_BYTES);
            channel.read(bytes, start);
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }
}
