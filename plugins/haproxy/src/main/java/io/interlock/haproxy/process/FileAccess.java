package io.interlock.haproxy.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who may read HAProxy's files besides the service's user.
 *
 * @param group a group of users, by name or number; empty: nobody
 */
record FileAccess(Optional<String> group) {

    /** The service's user alone. */
    static final FileAccess PRIVATE = new FileAccess(Optional.empty());

    /** Permissions of a file. */
    Set<PosixFilePermission> permissions() {
        return PosixFilePermissions.fromString(group.isPresent() ? "rw-r-----" : "rw-------");
    }

    /**
     * Gives a file or folder to the group.
     *
     * @throws IOException if there is no such group, or the service's user may not do that
     */
    void apply(Path path) throws IOException {
        if (group.isPresent()) {
            GroupPrincipal principal =
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group.get());
            Objects.requireNonNull(Files.getFileAttributeView(path, PosixFileAttributeView.class))
                    .setGroup(principal);
        }
    }
}
