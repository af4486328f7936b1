package io.interlock.app.runtime;

import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when something changes in a folder, as well as the file system can; whoever relies on it also looks now and then. */
public final class FolderWatcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("interlock");

    private final Path folder;
    private final @Nullable WatchService service;
    private final Runnable changed;

    /** The folder that is watched, and its identity; guarded by this. */
    private @Nullable WatchKey watched;

    private @Nullable Object identity;

    private FolderWatcher(Path folder, @Nullable WatchService service, Runnable changed) {
        this.folder = folder;
        this.service = service;
        this.changed = changed;
    }

    /**
     * Begins.
     *
     * @param changed called on another thread; must be quick
     */
    public static FolderWatcher start(Path folder, Runnable changed) {
        try {
            WatchService service = folder.getFileSystem().newWatchService();
            FolderWatcher watch = new FolderWatcher(folder, service, changed);
            watch.register(service);
            Thread.ofVirtual().name("folder-watch").start(() -> watch.follow(service));
            return watch;
        } catch (IOException e) {
            unwatched(folder, e);
            return new FolderWatcher(folder, null, changed);
        }
    }

    /** Watches the folder that is in this place now, if it is another one than before. */
    public synchronized void renew() {
        boolean isSame = watched != null && watched.isValid() && Objects.equals(identity, identity(folder));
        if (service != null && !isSame && Files.isDirectory(folder)) {
            try {
                register(service);
                changed.run();
            } catch (IOException | ClosedWatchServiceException e) {
                log.debug("{} is not watched", folder, e);
            }
        }
    }

    private synchronized void register(WatchService changes) throws IOException {
        if (watched != null) {
            watched.cancel();
        }
        identity = identity(folder);
        if (!Files.isDirectory(folder)) {
            unwatched(folder, new NotDirectoryException(folder.toString()));
            return;
        }
        watched = folder.register(
                changes,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
    }

    private static void unwatched(Path folder, IOException e) {
        log.warn("{} cannot be watched, its changes are detected later: {}", folder, ErrorMessages.reasonAt(folder, e));
    }

    private static @Nullable Object identity(Path folder) {
        try {
            return Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    private void follow(WatchService changes) {
        try {
            for (WatchKey key = changes.take(); ; key = changes.take()) {
                key.pollEvents();
                changed.run();
                // A folder that was removed is no longer valid; renew() watches the one that replaces it.
                boolean unused = key.reset();
            }
        } catch (ClosedWatchServiceException | InterruptedException e) {
            log.debug("a folder is no longer watched");
        }
    }

    @Override
    public void close() {
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException e) {
            log.debug("the watch of a folder was not closed", e);
        }
    }
}
