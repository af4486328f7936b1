package io.interlock.app.admin;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Path of the control socket. */
public final class AdminSocketPath {

    /** The longest path that the kernel accepts, in bytes. */
    private static final int LONGEST = 107;

    private AdminSocketPath() {}

    /** The socket of the Interlock that uses this data folder. */
    public static Path of(Path dataDirectory) {
        return dataDirectory.resolve("control.sock");
    }

    /** Whether the kernel accepts this path as that of a socket. */
    static boolean isShortEnough(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }
}
