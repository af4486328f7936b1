package io.interlock.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The folder in which Interlock and its plugins keep files: of one process at a time, and of nobody else. */
final class DataDirectory implements AutoCloseable {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path root;
    private final @Nullable FileChannel lockFile;

    private DataDirectory(Path root, @Nullable FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /** For somebody who only looks; another process may have it at the same time. */
    static DataDirectory shared(Path root) {
        return new DataDirectory(root, null);
    }

    /**
     * Makes the folder if it is not there, and locks it.
     *
     * @throws IOException if that fails or another process has it; the message is for the operator
     */
    static DataDirectory locked(Path root) throws IOException {
        create(root);
        FileChannel lockFile =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(lockFile) == null) {
            lockFile.close();
            throw new IOException("data_dir " + root
                    + " is in use by another Interlock: end that one, or give this one a data_dir of its own");
        }
        return new DataDirectory(root, lockFile);
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The folder of one plugin. */
    Path ofPlugin(String pluginId) throws IOException {
        return create(root.resolve("plugins").resolve(pluginId));
    }

    /** The folder of the plugins' jars that are loaded. */
    Path ofJars() {
        return root.resolve("jars");
    }

    private static Path create(Path folder) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        return folder;
    }

    @Override
    public void close() throws IOException {
        if (lockFile != null) {
            lockFile.close();
        }
    }
}
