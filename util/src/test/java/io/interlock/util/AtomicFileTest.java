package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class AtomicFileTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsStagedIsNotThereBeforeItIsCommitted() throws IOException {
        AtomicFile file = new AtomicFile(folder.resolve("new/proxy.conf"));
        Path candidate = file.stage("one");
        assertThat(file.read()).isEmpty();
        assertThat(candidate).hasContent("one");
        file.commit();
        assertThat(file.read()).contains("one");
        assertThat(candidate).doesNotExist();
    }

    @Test
    void whatIsDiscardedLeavesTheFileAsItWas() throws IOException {
        AtomicFile file = new AtomicFile(folder.resolve("proxy.conf"));
        file.write("one");
        file.stage("two");
        file.discard();
        file.discard();
        assertThat(file.read()).contains("one");
        assertThat(names()).containsExactly("proxy.conf");
    }

    @Test
    void onlyTheUserMayReadTheFile() throws IOException {
        Path path = folder.resolve("key.pem");
        new AtomicFile(path).write("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void aGroupMayReadTheFileToo() throws IOException {
        Path path = folder.resolve("proxy.conf");
        String own = String.valueOf(Files.getAttribute(folder, "unix:gid"));
        new AtomicFile(path, new FileAccess(Optional.of(own))).write("text");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void whatAnEarlierWriterLeftIsReplaced() throws IOException {
        Files.writeString(folder.resolve(".proxy.conf.new"), "half of");
        AtomicFile file = new AtomicFile(folder.resolve("proxy.conf"));
        file.write("whole");
        assertThat(file.read()).contains("whole");
        assertThat(names()).containsExactly("proxy.conf");
    }

    @Test
    void whatSomebodyElsePreparedBlocksNothing() throws IOException {
        Path prepared = folder.resolve(".proxy.conf.new");
        Files.createDirectory(prepared);
        Files.writeString(prepared.resolve("x"), "hostile");
        AtomicFile file = new AtomicFile(folder.resolve("proxy.conf"));

        file.write("one");
        Path candidate = file.stage("two");
        file.discard();

        assertThat(file.read()).contains("one");
        assertThat(candidate).doesNotExist();
        assertThat(names()).containsExactlyInAnyOrder("proxy.conf", ".proxy.conf.new");
        assertThat(prepared.resolve("x")).hasContent("hostile");
    }

    @Test
    void aLinkThatSomebodyElsePreparedIsNotFollowed() throws IOException {
        Path target = folder.resolve("target");
        Files.createSymbolicLink(folder.resolve(".proxy.conf.new"), target);

        new AtomicFile(folder.resolve("proxy.conf")).write("one");

        assertThat(target).doesNotExist();
        assertThat(names()).containsExactly("proxy.conf");
    }

    @Test
    void whatIsNoFileIsReplaced() throws IOException, InterruptedException {
        Path pipe = folder.resolve("proxy.conf");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        AtomicFile file = new AtomicFile(pipe);

        assertThat(file.read()).isEmpty();
        file.write("one");

        assertThat(file.read()).contains("one");
    }

    @Test
    void theSameContentIsNotWrittenAgain() throws IOException {
        Path path = folder.resolve("states");
        AtomicFile file = new AtomicFile(path);
        file.replace(Optional.of("one"));
        Object before = Files.getAttribute(path, "unix:ino");
        file.replace(Optional.of("one"));
        assertThat(Files.getAttribute(path, "unix:ino")).isEqualTo(before);
        file.replace(Optional.empty());
        assertThat(path).doesNotExist();
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
        }
    }
}
