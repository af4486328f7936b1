package io.interlock.testsupport.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * HAProxy programs for tests: those of the comma-separated list {@code INTERLOCK_TEST_HAPROXY}, else the one on the
 * path.
 */
public final class HaproxyBinaries {

    private HaproxyBinaries() {}

    public static List<Path> all() {
        String listed =
                Optional.ofNullable(System.getenv("INTERLOCK_TEST_HAPROXY")).orElse("");
        return listed.isBlank()
                ? List.of(onPath())
                : Stream.of(listed.split(",")).map(String::strip).map(Path::of).toList();
    }

    private static Path onPath() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, "haproxy"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "these tests need an HAProxy on the path (Debian, Ubuntu: apt-get install haproxy)"));
    }
}
