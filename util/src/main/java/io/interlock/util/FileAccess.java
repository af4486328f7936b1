package io.interlock.util;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Read access to files and folders of the service's user.
 *
 * @param group users that may read besides, by name or number; empty: nobody
 */
public record FileAccess(Optional<String> group) {

    /** The service's user alone. */
    public static final FileAccess PRIVATE = new FileAccess(Optional.empty());

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** Makes a folder, and those above it, unless it exists. */
    public void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder, PRIVATE_FOLDER);
        if (group.isPresent()) {
            apply(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
        }
    }

    /** The permissions of a new file. */
    FileAttribute<Set<PosixFilePermission>> ofFile() {
        return PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString(group.isPresent() ? "rw-r-----" : "rw-------"));
    }

    /**
     * Gives a file or folder to the group.
     *
     * @throws IOException if there is no such group, or the service's user may not do that
     */
    public void apply(Path path) throws IOException {
        if (group.isPresent()) {
            GroupPrincipal principal =
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group.get());
            Objects.requireNonNull(Files.getFileAttributeView(path, PosixFileAttributeView.class))
                    .setGroup(principal);
        }
    }
}
