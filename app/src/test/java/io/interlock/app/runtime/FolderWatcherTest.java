package io.interlock.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.AwaitTimeout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class FolderWatcherTest {

    private final AtomicInteger changes = new AtomicInteger();

    @TempDir
    Path root;

    @Test
    void theFolderThatReplacesAnotherIsWatched() throws IOException {
        Path folder = Files.createDirectory(root.resolve("watched"));
        FolderWatcher watch = FolderWatcher.start(folder, changes::incrementAndGet);
        watch.renew();
        assertThat(changes).as("nothing has changed").hasValue(0);

        Files.move(folder, root.resolve("aside"));
        watch.renew();
        Files.createDirectory(folder);
        watch.renew();
        assertThat(changes).as("another folder may have other files").hasPositiveValue();
        int before = changes.get();
        Files.writeString(folder.resolve("file"), "new");

        AwaitTimeout.await().until(() -> changes.get() > before);
        watch.close();
    }

    @Test
    void theTargetThatReplacesAnotherBehindALinkIsWatched() throws IOException {
        Files.createDirectory(root.resolve("one"));
        Files.createDirectory(root.resolve("two"));
        Path link = Files.createSymbolicLink(root.resolve("watched"), root.resolve("one"));
        FolderWatcher watch = FolderWatcher.start(link, changes::incrementAndGet);
        Files.delete(link);
        Files.createSymbolicLink(link, root.resolve("two"));
        watch.renew();
        int before = changes.get();
        Files.writeString(root.resolve("two/file"), "new");

        AwaitTimeout.await().until(() -> changes.get() > before);
        watch.close();
    }

    @Test
    void aFolderThatIsMadeLaterIsWatchedFromThenOn() throws IOException {
        Path folder = root.resolve("later");
        FolderWatcher watch = FolderWatcher.start(folder, changes::incrementAndGet);
        watch.renew();
        assertThat(changes).hasValue(0);
        Files.createDirectory(folder);

        watch.renew();

        assertThat(changes).hasValue(1);
        watch.close();
    }
}
