package io.interlock.app.runtime;

import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when something changes in a folder, as well as the file system can; whoever relies on it also looks now and then. */
public final class FolderWatcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("interlock");

    private final @Nullable WatchService service;
    private final Runnable changed;

    private FolderWatcher(@Nullable WatchService service, Runnable changed) {
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
            folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            FolderWatcher watch = new FolderWatcher(service, changed);
            Thread.ofVirtual().name("folder-watch").start(() -> watch.follow(service));
            return watch;
        } catch (IOException e) {
            log.warn(
                    "{} cannot be watched, its changes are detected later: {}",
                    folder,
                    ErrorMessages.reasonAt(folder, e));
            return new FolderWatcher(null, changed);
        }
    }

    private void follow(WatchService changes) {
        try {
            for (WatchKey key = changes.take(); ; key = changes.take()) {
                key.pollEvents();
                changed.run();
                if (!key.reset()) {
                    return;
                }
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
