package io.interlock.util;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * File whose content changes completely or not at all: new content is written beside it and then moved into its place.
 * Staged content also survives a power failure. Supports one writer at a time.
 */
public final class AtomicFile {

    private final Path path;
    private final FileAccess access;
    /** Where new content is written: a name that is free, so that nobody can block it with a file of theirs. */
    private Path candidate;

    /** Creates access to a file that only the service's user may read. */
    public AtomicFile(Path path) {
        this(path, FileAccess.PRIVATE);
    }

    /** Creates access to a file with these permissions. */
    public AtomicFile(Path path, FileAccess access) {
        this(path, access, "new");
    }

    /**
     * Creates access to a file in a folder with several writers.
     *
     * @param writer a name that no other writer has; suffix of the file that is moved into place
     */
    public AtomicFile(Path path, FileAccess access, String writer) {
        this.path = path;
        this.access = access;
        this.candidate = path.resolveSibling("." + path.getFileName() + "." + writer);
    }

    /** Returns the file's content; empty if there is no such file, or something else that would never end. */
    public Optional<String> read() throws IOException {
        try {
            if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
                return Optional.empty();
            }
            return Optional.of(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Replaces the content without waiting for the disk: after a power failure the file may be empty. */
    public void write(byte[] content) throws IOException {
        stage(content, false);
        move();
    }

    /** Does the same as {@link #write(byte[])}, in UTF-8. */
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes the new content beside the file and flushes it to the disk. Creates the folder if it does not exist.
     *
     * @return where the content is until {@link #commit} or {@link #discard}
     */
    public Path stage(String text) throws IOException {
        Files.createDirectories(folder());
        stage(text.getBytes(StandardCharsets.UTF_8), true);
        return candidate;
    }

    /** Moves the staged content into the file's place. */
    public void commit() throws IOException {
        move();
        try (FileChannel folder = FileChannel.open(folder(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Deletes staged content, if there is any. */
    public void discard() {
        try {
            Files.deleteIfExists(candidate);
        } catch (IOException e) {
            // The next staging tries again and reports the error.
        }
    }

    /**
     * Stages and commits the content, or deletes the file if there is no content. Writes nothing if the content is the
     * same.
     */
    public void replace(Optional<String> text) throws IOException {
        if (text.isEmpty()) {
            Files.deleteIfExists(path);
        } else if (!read().equals(text)) {
            stage(text.get());
            commit();
        }
    }

    private void stage(byte[] content, boolean toDisk) throws IOException {
        try (FileChannel channel = create()) {
            access.apply(candidate);
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (toDisk) {
                channel.force(true);
            }
        }
    }

    private FileChannel create() throws IOException {
        try {
            Files.deleteIfExists(candidate);
            return createNew();
        } catch (FileSystemException taken) {
            if (!Files.exists(candidate, LinkOption.NOFOLLOW_LINKS)) {
                throw taken;
            }
            candidate = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
            return createNew();
        }
    }

    private FileChannel createNew() throws IOException {
        return FileChannel.open(
                candidate, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), access.ofFile());
    }

    private void move() throws IOException {
        Files.move(candidate, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path folder() {
        return Objects.requireNonNull(path.getParent());
    }
}
