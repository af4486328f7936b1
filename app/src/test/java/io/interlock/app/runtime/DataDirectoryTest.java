package io.interlock.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class DataDirectoryTest {

    private static final String ADVICE = "; set data_dir to a folder that this user may write to";

    @TempDir
    Path folder;

    @Test
    void itIsMadeForItsOwnerAlone() throws IOException {
        Path root = folder.resolve("a/b");

        try (DataDirectory data = DataDirectory.locked(root)) {
            assertThat(data.ofPlugin("x")).isDirectory().isEqualTo(root.resolve("plugins/x"));
        }

        assertThat(Files.getPosixFilePermissions(root)).hasSize(3);
    }

    @Test
    void whatCannotBeMadeIsToldWithTheReasonAndWhatToDo() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.locked(file.resolve("x")))
                .isInstanceOf(IOException.class)
                .hasMessage("data_dir " + file + "/x cannot be created: Not a directory" + ADVICE);
        assertThatThrownBy(() -> DataDirectory.locked(Path.of("/proc/x")))
                .isInstanceOf(IOException.class)
                .hasMessageMatching(
                        "data_dir /proc/x cannot be created: (no directory can be created|this user may not write) there"
                                + ADVICE);
    }

    @Test
    void whatCannotBeOpenedIsToldWithTheReasonAndWhatToDo() throws IOException {
        Files.createDirectory(folder.resolve("lock"));

        assertThatThrownBy(() -> DataDirectory.locked(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("data_dir " + folder + " cannot be used: " + folder + "/lock: Is a directory" + ADVICE);
    }

    @Test
    void aFolderThatEveryUserMayChangeIsTakenFromThem() throws IOException {
        for (Path each : List.of(folder, Files.createDirectories(folder.resolve("plugins/x")))) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
        }

        try (DataDirectory data = DataDirectory.locked(folder)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwxrwxr-x");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.ofPlugin("x"))))
                    .isEqualTo("rwxrwxr-x");
        }
    }

    @Test
    void aFolderOfAnotherUserIsRefused() throws IOException {
        // Only root can give a folder away; anybody else finds one of root.
        boolean isRoot = Files.getAttribute(folder, "unix:uid").equals(0);
        Path other = isRoot ? folder : Path.of("/");
        if (isRoot) {
            Files.setAttribute(folder, "unix:uid", 12_345);
        }

        assertThatThrownBy(() -> DataDirectory.locked(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("data_dir " + other + " belongs to the user " + (isRoot ? "12345" : "root"))
                .hasMessageContaining("another folder");
    }

    @Test
    void whoeverOnlyLooksMakesNothing() throws IOException {
        Path root = folder.resolve("data");

        assertThat(DataDirectory.shared(root).ofPlugin("x")).isEqualTo(root.resolve("plugins/x"));

        assertThat(root).doesNotExist();
    }
}
