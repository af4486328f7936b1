package io.interlock.app.admin;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where the socket is. */
public final class AdminSocketPath {

    /** What the kernel takes. */
    private static final int LONGEST = 107;

    private AdminSocketPath() {}

    /** The socket of the Interlock that has this data folder. */
    public static Path of(Path dataDirectory) {
        return dataDirectory.resolve("control.sock");
    }

    /** Whether the kernel takes this path, with some to spare for a name beside it. */
    static boolean isShortEnough(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
    }
}
