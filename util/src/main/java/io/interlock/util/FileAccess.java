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
 * Permissions to read files and folders of the service's user.
 *
 * @param group group of users that may also read, by name or number; empty: no group
 */
public record FileAccess(Optional<String> group) {

    /** Only the service's user may read. */
    public static final FileAccess PRIVATE = new FileAccess(Optional.empty());

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** Creates a folder, and its parents, unless it exists. */
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

    /** Returns the permissions of a new file. */
    FileAttribute<Set<PosixFilePermission>> ofFile() {
        return PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString(group.isPresent() ? "rw-r-----" : "rw-------"));
    }

    /**
     * Assigns a file or folder to the group.
     *
     * @throws IOException if there is no such group, or the service's user lacks the permission
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
