package io.interlock.app.services;

import io.interlock.app.config.NamedFiles;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.config.problem.ConfigProblemCollector;
import io.interlock.app.runtime.FolderWatcher;
import io.interlock.util.ErrorMessages;
import io.interlock.util.TextFileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Folder of files of services. Reads a file again only when it changed; a file that became bad counts as it was when it
 * was last good. Files whose names begin with a dot, or do not end in {@code .json}, are not looked at: editors and other
 * programs keep unfinished files under such names. Confined to one thread.
 */
final class ServiceFolder implements AutoCloseable {

    static final int MOST_FILES = 1_000;
    static final int LARGEST_FILE = 65_536;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

    private final Path folder;
    private final Runnable changed;
    private @Nullable FolderWatcher watcher;
    private Map<String, Entry> entries = new TreeMap<>();

    /**
     * File as of the last look.
     *
     * @param good its content when it was last good; empty: never since the start
     * @param problems what is wrong with it now
     */
    private record Entry(String stamp, Optional<ServiceFile> good, List<String> problems) {}

    /**
     * Problem of a file.
     *
     * @param file the name of the file
     */
    record FileProblem(String file, String text) {

        /** Returns the text without the name of the file at its beginning. */
        String reason() {
            return text.startsWith(file + ":") ? text.substring(file.length() + 1) : text;
        }
    }

    /**
     * Content of the folder.
     *
     * @param files the last good content of each file
     * @param unread the names of files that were never good since the start
     * @param changes what differs from the look before, for people
     * @param changing whether a file changed while it was read, so that another look is needed soon
     */
    record Look(
            List<ServiceFile> files,
            Set<String> unread,
            List<FileProblem> problems,
            List<String> changes,
            boolean changing) {}

    /**
     * @param changed called on another thread when something changes in the folder; must be quick
     */
    ServiceFolder(Path folder, Runnable changed) {
        this.folder = folder;
        this.changed = changed;
    }

    /**
     * Looks at all files.
     *
     * @throws IOException if the folder cannot be read, or has too many files
     */
    Look look() throws IOException {
        Map<String, Entry> now = new TreeMap<>();
        List<FileProblem> problems = new ArrayList<>();
        boolean changing = false;
        for (String file : names()) {
            Entry entry = entry(file, entries.get(file));
            changing |= !entry.stamp().equals(stamp(file));
            now.put(file, entry);
        }
        List<String> changes = changes(entries, now);
        entries = now;
        Set<String> unread = new HashSet<>();
        List<ServiceFile> files = new ArrayList<>();
        entries.forEach((file, entry) -> {
            entry.good().ifPresentOrElse(files::add, () -> unread.add(file));
            entry.problems().forEach(text -> problems.add(new FileProblem(file, text)));
        });
        return new Look(List.copyOf(files), Set.copyOf(unread), List.copyOf(problems), changes, changing);
    }

    /** Watches the folder that is in this place now. */
    void watch() {
        FolderWatcher present = watcher;
        if (present == null) {
            watcher = FolderWatcher.start(folder, changed);
        } else {
            present.renew();
        }
    }

    private static List<String> changes(Map<String, Entry> before, Map<String, Entry> now) {
        List<String> changes = new ArrayList<>();
        now.forEach((name, entry) -> {
            Optional<ServiceFile> earlier =
                    Optional.ofNullable(before.get(name)).flatMap(Entry::good);
            entry.good()
                    .filter(file -> !Optional.of(file).equals(earlier))
                    .ifPresent(file -> changes.add(name + " is read: " + file.addresses()));
        });
        before.keySet().stream().filter(name -> !now.containsKey(name)).forEach(name -> changes.add(name + " is gone"));
        return List.copyOf(changes);
    }

    private Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            for (Path file : content) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".") && name.endsWith(ServiceFile.END)) {
                    names.add(name);
                }
                if (names.size() > MOST_FILES) {
                    throw new IOException("it has more than " + MOST_FILES + " files of services");
                }
            }
            return names;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private Entry entry(String file, @Nullable Entry before) {
        String stamp = stamp(file);
        if (before != null && before.stamp().equals(stamp)) {
            return before;
        }
        List<String> problems = new ArrayList<>();
        Optional<ServiceFile> read = read(file, problems);
        return new Entry(
                stamp, read.or(() -> before == null ? Optional.empty() : before.good()), List.copyOf(problems));
    }

    private Optional<ServiceFile> read(String file, List<String> problems) {
        String name = file.substring(0, file.length() - ServiceFile.END.length());
        if (!NAME.matcher(name).matches()) {
            problems.add("expected a name of up to 100 letters, digits, _ . and - before " + ServiceFile.END);
            return Optional.empty();
        }
        Path path = folder.resolve(file);
        try {
            String text = TextFileReader.read(path, LARGEST_FILE, StandardCharsets.UTF_8);
            ConfigProblemCollector found = new ConfigProblemCollector();
            Optional<ServiceFile> read =
                    ServiceFileReader.read(name, text.startsWith("\uFEFF") ? text.substring(1) : text, found);
            found.sorted().stream().map(ConfigProblem::toString).forEach(problems::add);
            read.map(ServiceDataValidator::problems).ifPresent(problems::addAll);
            return read.filter(any -> problems.isEmpty());
        } catch (IOException e) {
            problems.add("cannot be read: " + ErrorMessages.reasonAt(path, e));
            return Optional.empty();
        }
    }

    private String stamp(String file) {
        return NamedFiles.stamps(List.of(folder.resolve(file)));
    }

    @Override
    public void close() {
        FolderWatcher present = watcher;
        if (present != null) {
            present.close();
        }
    }
}
