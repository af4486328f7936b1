package io.interlock.haproxy.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file whose content changes all at once or not at all, and outlives a power failure. Only the service's user may read
 * it, unless it is said who else.
 */
final class AtomicFile {

    private static final Logger log = LoggerFactory.getLogger(AtomicFile.class);

    private final Path path;
    private final FileAccess access;
    private final Path candidate;

    AtomicFile(Path path) {
        this(path, FileAccess.PRIVATE);
    }

    /**
     * @param access who may read it besides
     */
    AtomicFile(Path path, FileAccess access) {
        this.path = path;
        this.access = access;
        this.candidate = path.resolveSibling("." + path.getFileName() + ".new");
    }

    /** What is in the file; empty if there is no such file. */
    Optional<String> read() throws IOException {
        try {
            return Optional.of(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes the new content beside the file.
     *
     * @return where it is until {@link #commit} or {@link #discardQuietly}
     */
    Path stage(String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.deleteIfExists(candidate);
        try (FileChannel channel = FileChannel.open(
                candidate,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(access.permissions()))) {
            access.apply(candidate);
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return candidate;
    }

    /** Puts what was staged in the file's place. */
    void commit() throws IOException {
        Files.move(candidate, path, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(Objects.requireNonNull(path.getParent()), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Forgets what was staged, if anything still is. */
    void discardQuietly() {
        try {
            Files.deleteIfExists(candidate);
        } catch (IOException e) {
            log.debug("{} stays", candidate, e);
        }
    }

    /** Gives the file that content, or none: then there is no file afterwards. Touches nothing if it is so already. */
    void replace(Optional<String> text) throws IOException {
        if (text.isEmpty()) {
            Files.deleteIfExists(path);
        } else if (!read().equals(text)) {
            stage(text.get());
            commit();
        }
    }
}
