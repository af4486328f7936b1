package io.interlock.app.accesslog;

import io.interlock.app.config.accesslog.AccessLogTarget.LogFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writer of lines to a file. Begins a new file when it has its size, and opens the file again when asked, which programs
 * that rotate files need. Confined to one thread, apart from {@link #reopen}.
 */
final class RotatingFileWriter implements LineWriter {

    private static final Set<PosixFilePermission> PERMISSIONS = PosixFilePermissions.fromString("rw-r-----");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-x---");

    private final LogFile file;
    private volatile boolean reopening;
    private @Nullable FileChannel channel;
    private long size;

    RotatingFileWriter(LogFile file) {
        this.file = file;
    }

    /** Has the next write open the file again; any thread may call it. */
    void reopen() {
        reopening = true;
    }

    @Override
    public void open() throws IOException {
        if (reopening) {
            reopening = false;
            close();
        }
        if (channel == null) {
            Path folder = file.path().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(FOLDER));
            }
            channel = FileChannel.open(
                    file.path(),
                    EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    PosixFilePermissions.asFileAttribute(PERMISSIONS));
            size = channel.size();
        }
    }

    @Override
    public int write(List<Line> lines) throws IOException {
        int done = 0;
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            // Bytes of the line are not counted exactly: a file may become longer by a batch.
            text.append(line.text()).append('\n');
            if (file.maxSize() > 0 && size + text.length() >= file.maxSize()) {
                append(text);
                rotate();
            }
            done++;
        }
        append(text);
        return done;
    }

    private void append(StringBuilder text) throws IOException {
        if (text.isEmpty()) {
            return;
        }
        open();
        FileChannel to = channel;
        if (to == null) {
            throw new IOException("the file is not open");
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
        long before = size;
        try {
            while (bytes.hasRemaining()) {
                size += to.write(bytes);
            }
        } catch (IOException e) {
            removePartOfLine(to, before);
            throw e;
        }
    }

    /** A full disk must leave whole lines. */
    private void removePartOfLine(FileChannel to, long length) {
        try {
            if (size > length && Files.isRegularFile(file.path())) {
                to.truncate(length);
            }
        } catch (IOException e) {
            // What failed before says more.
            return;
        } finally {
            close();
        }
    }

    private void rotate() throws IOException {
        if (!Files.isRegularFile(file.path())) {
            return;
        }
        close();
        if (file.keep() == 0) {
            Files.deleteIfExists(file.path());
        } else {
            for (int number = file.keep() - 1; number >= 1; number--) {
                if (Files.exists(numbered(number))) {
                    Files.move(numbered(number), numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Files.move(file.path(), numbered(1), StandardCopyOption.REPLACE_EXISTING);
        }
        open();
    }

    private Path numbered(int number) {
        return file.path().resolveSibling(file.path().getFileName() + "." + number);
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Every write went to the file at once.
                return;
            }
        }
    }
}
