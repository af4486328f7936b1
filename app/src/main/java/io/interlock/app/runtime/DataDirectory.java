package io.interlock.app.runtime;

import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folder in which Interlock and its plugins keep files. Only one process at a time uses it, and only its owner can
 * access it.
 */
public final class DataDirectory implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("interlock");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path root;
    private final @Nullable FileChannel lockFile;

    private DataDirectory(Path root, @Nullable FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /** Opens a folder for reading: creates nothing, and another process may use the folder at the same time. */
    public static DataDirectory shared(Path root) {
        return new DataDirectory(root, null);
    }

    /**
     * Creates the folder if it does not exist, and locks it. Takes the permission to write from everybody but its owner.
     *
     * @throws IOException if that fails, if another process has it, or if another user could change it; the message is
     *     for the operator
     */
    public static DataDirectory locked(Path root) throws IOException {
        create(root);
        FileChannel lockFile = open(root);
        if (lock(lockFile) == null) {
            lockFile.close();
            throw new IOException("data_dir " + root
                    + " is in use by another Interlock: stop that one, or give this one a data_dir of its own");
        }
        return new DataDirectory(root, lockFile);
    }

    private static FileChannel open(Path root) throws IOException {
        Path file = root.resolve("lock");
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unusable("data_dir " + root + " cannot be used: " + file, e);
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The folder of one plugin; created if it does not exist, unless the data folder is shared. */
    public Path ofPlugin(String pluginId) throws IOException {
        Path folder = root.resolve("plugins").resolve(pluginId);
        if (lockFile != null) {
            create(folder);
        }
        return folder;
    }

    /** The file with the inventory, for the next controller. */
    public Path ofInventory() {
        return root.resolve("inventory.jsonl");
    }

    /** The folder of the copies of plugin jars that are loaded. */
    public Path ofJars() {
        return root.resolve("jars");
    }

    /** Why this process could not use a folder, as far as can be determined without writing. */
    public static Optional<String> obstacle(Path root) {
        Path there = root;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return Files.isWritable(there)
                ? Optional.empty()
                : Optional.of("data_dir " + root + " could not be used by this user, who may not write to " + there);
    }

    private static void create(Path folder) throws IOException {
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (IOException e) {
            throw unusable("data_dir " + folder + " cannot be created", e);
        }
        secure(folder);
    }

    /** Ensures that no other user can change what is in a folder, for example the jars that are loaded. */
    private static void secure(Path folder) throws IOException {
        Optional<String> owner = FilePermissionChecker.foreignOwner(folder);
        if (owner.isPresent()) {
            throw new IOException("data_dir " + folder + " belongs to the user " + owner.get()
                    + ", who could change what is in it; give it to the user that Interlock runs as, or set data_dir to"
                    + " another folder");
        }
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(folder);
        Set<PosixFilePermission> after = EnumSet.copyOf(before);
        after.remove(PosixFilePermission.OTHERS_WRITE);
        if (after.equals(before)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(folder, after);
        } catch (IOException e) {
            throw new IOException(
                    "data_dir " + folder + " may be changed by every user; run chmod o-w on it, or set data_dir to"
                            + " another folder",
                    e);
        }
        log.warn("data_dir {} could be changed by every user; that permission was removed", folder);
    }

    private static IOException unusable(String what, IOException e) {
        return new IOException(what + ": " + reason(e) + "; set data_dir to a folder that this user may write to", e);
    }

    /** The reason for people: the message of most of these exceptions is only a path. */
    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "this user may not write there";
            case NoSuchFileException missing -> "no directory can be created there";
            case FileAlreadyExistsException file -> "a file is there";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> ErrorMessages.reason(e);
        };
    }

    @Override
    public void close() throws IOException {
        if (lockFile != null) {
            lockFile.close();
        }
    }
}
