package io.interlock.app.plugin.jar;

import io.interlock.app.runtime.FilePermissionChecker;
import io.interlock.pluginhost.UnusablePluginException;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Folder in which operators put jars. Files that are being copied, overwritten or exchanged are ignored until they have
 * settled; until then the earlier content stays valid. Not thread-safe.
 */
public final class PluginFolder {

    /** Writers of a jar rarely pause longer than this; if one does, the incomplete jar cannot be read. */
    private static final Duration SETTLED = Duration.ofMillis(250);

    /** How long an unreadable jar may still be one that is being written. */
    private static final Duration BROKEN = Duration.ofSeconds(3);

    /** A file that is missing for less than this is being replaced. */
    private static final Duration GONE = Duration.ofSeconds(1);

    private final Path folder;
    private final JarStagingFolder staging;
    private final Map<Path, Entry> entries = new TreeMap<>();

    /**
     * Result of a scan.
     *
     * @param jars complete jars, by file name
     * @param broken why other files cannot be used, by file name
     * @param settled whether the result stays the same until a file changes
     */
    public record FolderScan(List<StagedJar> jars, Map<String, String> broken, boolean settled) {}

    private record Stamp(
            long size, FileTime modified, @Nullable Object key) {}

    private static final class Entry {
        private Optional<Stamp> seen = Optional.empty();
        private Optional<Stamp> read = Optional.empty();
        private long since;
        private Optional<StagedJar> jar = Optional.empty();
        private Optional<String> broken = Optional.empty();

        /** Records the current state of the file, and returns how long it has been in that state. */
        Duration note(Optional<Stamp> now) {
            if (!now.equals(seen)) {
                seen = now;
                since = System.nanoTime();
            }
            return Duration.ofNanos(System.nanoTime() - since);
        }
    }

    public PluginFolder(Path folder, JarStagingFolder staging) {
        this.folder = folder;
        this.staging = staging;
    }

    /**
     * Scans the folder.
     *
     * @param first whether to accept all files as they are, because no earlier scan exists
     */
    public FolderScan scan(boolean first) {
        Map<String, String> broken = new TreeMap<>();
        Set<Path> all = new HashSet<>(entries.keySet());
        try {
            if (FilePermissionChecker.isWritableByEverybody(folder)) {
                broken.put(
                        folder.toString(),
                        "every user may put code into the plugins folder, so that no new jar of it is used; run chmod"
                                + " o-w on it");
                return new FolderScan(known(), broken, true);
            }
            all.addAll(jars());
        } catch (IOException e) {
            // An unreadable folder does not count as empty: the known jars stay in use.
            broken.put(folder.toString(), "the plugins folder cannot be read: " + reason(e));
            return new FolderScan(known(), broken, true);
        }
        boolean settled = true;
        for (Path file : all) {
            Entry entry = entries.computeIfAbsent(file, any -> new Entry());
            settled &= scan(file, entry, first);
        }
        entries.forEach(
                (file, entry) -> entry.broken.ifPresent(why -> broken.put(String.valueOf(file.getFileName()), why)));
        return new FolderScan(known(), broken, settled);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is none";
            case NotDirectoryException file -> "it is a file";
            case AccessDeniedException denied -> "this user may not read it";
            default -> ErrorMessages.reason(e);
        };
    }

    private List<StagedJar> known() {
        List<StagedJar> jars = new ArrayList<>();
        entries.values().forEach(entry -> entry.jar.ifPresent(jars::add));
        return jars;
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    /** Scans one file, and returns whether it is settled. */
    private boolean scan(Path file, Entry entry, boolean first) {
        Optional<Stamp> now = stamp(file);
        Duration age = entry.note(now);
        if (now.isEmpty()) {
            if (age.compareTo(GONE) < 0) {
                return false;
            }
            entries.remove(file);
            return true;
        }
        if (now.equals(entry.read)) {
            return true;
        }
        if (!first && age.compareTo(SETTLED) < 0) {
            return false;
        }
        return read(file, now.get(), entry, first || age.compareTo(BROKEN) >= 0);
    }

    private boolean read(Path file, Stamp stamp, Entry entry, boolean last) {
        try {
            if (FilePermissionChecker.isWritableByEverybody(file)) {
                throw new UnusablePluginException("every user may change it; run chmod o-w on it");
            }
            StagedJar jar = staging.stage(file, stamp.modified());
            if (!stamp(file).equals(Optional.of(stamp))) {
                return false;
            }
            entry.jar = Optional.of(jar);
            entry.broken = Optional.empty();
        } catch (UnusablePluginException e) {
            entry.broken = Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            if (!last) {
                return false;
            }
            entry.broken = Optional.of("is not a readable, complete jar: " + ErrorMessages.reasonAt(file, e));
        }
        entry.read = Optional.of(stamp);
        return true;
    }

    private static Optional<Stamp> stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
