package io.interlock.app.docker.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/** Whether this process may use an engine's socket; if not, what to do about it, which the system's own error does not say. */
final class SocketAccess {

    private SocketAccess() {}

    /**
     * Passes if the socket can be used as far as files' permissions say.
     *
     * @throws IOException if it cannot; the message is for the operator
     */
    static void check(Path socket, boolean inContainer) throws IOException {
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

    private static String missingInContainer(Path socket) {
        return "there is no %s in this container; start it with -v %s:%s".formatted(socket, socket, socket);
    }

    /** The group is told by its number, since a container does not know the names of its host's groups. */
    static String forbidden(Path socket, String groupName, int group, boolean inContainer) {
        return inContainer
                ? "%s may only be used by group %d; start the container with --group-add %d"
                        .formatted(socket, group, group)
                : "%s may only be used by group %s (%d); add the user that Interlock runs as to it"
                        .formatted(socket, groupName, group);
    }
}
