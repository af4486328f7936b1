package io.interlock.app.docker.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether this process may use an engine's socket. The message says how to fix a problem, which the system's own
 * error does not.
 */
final class SocketAccess {

    private SocketAccess() {}

    /**
     * Returns if the socket can be used according to the permissions of the file.
     *
     * @throws IOException if it cannot be used; the message is for the operator
     */
    static void check(Path socket, boolean inContainer) throws IOException {
        if (isReplaced(Files.exists(socket) ? socket : socket.toAbsolutePath().getParent())) {
            throw new IOException(replaced(socket));
        }
        if (!Files.exists(socket)) {
            throw new IOException(
                    inContainer
                            ? missingInContainer(socket)
                            : "there is no " + socket + "; is the engine running, and is this its address?");
        }
        if (!Files.isWritable(socket)) {
            PosixFileAttributes owner = Files.readAttributes(socket, PosixFileAttributes.class);
            int group = (Integer) Files.getAttribute(socket, "unix:gid");
            throw new IOException(forbidden(socket, owner.group().getName(), group, inContainer));
        }
    }

    /** Whether a mounted socket or folder no longer has a name where it comes from. */
    private static boolean isReplaced(@Nullable Path mounted) throws IOException {
        return mounted != null && Files.exists(mounted) && (Integer) Files.getAttribute(mounted, "unix:nlink") == 0;
    }

    /** Returns the message for a socket that is mounted as a file and that its engine has replaced since. */
    private static String replaced(Path socket) {
        return ("the engine has replaced %s since this container was started, and the container still has the old one;"
                        + " restart the container, and mount the folder of the socket rather than the socket:"
                        + " -v /run:/host/run:ro with the engine's address unix:///host/run/docker.sock")
                .formatted(socket);
    }

    private static String missingInContainer(Path socket) {
        return "there is no %s in this container; start it with -v %s:%s".formatted(socket, socket, socket);
    }

    /**
     * Returns the message for a missing permission. In a container it has the number of the group, because a container
     * does not know the group names of its host.
     */
    static String forbidden(Path socket, String groupName, int group, boolean inContainer) {
        return inContainer
                ? "%s may only be used by group %d; start the container with --group-add %d"
                        .formatted(socket, group, group)
                : "%s may only be used by group %s (%d); add the user that Interlock runs as to it"
                        .formatted(socket, groupName, group);
    }
}
