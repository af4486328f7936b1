package io.interlock.app.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks who could change a file or folder that decides what Interlock does. */
public final class FilePermissionChecker {

    private static final Pattern EFFECTIVE_USER = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d+)\\s");
    private static final int ROOT = 0;

    private FilePermissionChecker() {}

    /** Returns who owns a file or folder, if that is neither this user nor root. */
    public static Optional<String> foreignOwner(Path path) throws IOException {
        int owner = (Integer) Files.getAttribute(path, "unix:uid");
        Optional<Integer> user = user();
        return owner == ROOT || user.isEmpty() || owner == user.get()
                ? Optional.empty()
                : Optional.of(attributes(path).owner().getName());
    }

    /** Whether every user may change a file, or create files in a folder. */
    public static boolean isWritableByEverybody(Path path) throws IOException {
        return attributes(path).permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class);
    }

    /** Returns the effective user; empty if the kernel does not say. */
    private static Optional<Integer> user() {
        try {
            Matcher user = EFFECTIVE_USER.matcher(Files.readString(Path.of("/proc/self/status")));
            return user.find() ? Optional.of(Integer.valueOf(user.group(1))) : Optional.empty();
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }
}
