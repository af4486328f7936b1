package io.interlock.app.liveconfig;

import io.interlock.api.status.Problem;
import io.interlock.app.config.ConfigComparison;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.ConfigSource;
import io.interlock.app.config.NamedFiles;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.liveconfig.ReloadResult.Outcome;
import io.interlock.app.runtime.FolderWatcher;
import io.interlock.util.ChangeSignal;
import io.interlock.util.CountText;
import io.interlock.util.Deadline;
import io.interlock.util.ErrorMessages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a running Interlock at its configuration: reads it again when a file changes or somebody asks, tells what
 * changed, and has it applied. A configuration with problems changes nothing. Safe for all threads.
 */
public final class LiveConfigManager implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("configuration");

    /** How often to look without a notification of a change. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /** How long files must stay as they are before they are read: editors write in several steps. */
    private static final Duration QUIET = Duration.ofMillis(200);

    /** Files that change all the time are read nevertheless. */
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(5);

    private final ConfigSource source;
    private final ConfigApplier applier;
    private final Observer observer;
    private final ChangeSignal hints = new ChangeSignal();
    private final Map<Path, FolderWatcher> watches = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofVirtual().name("configuration").unstarted(this::run);
    private volatile boolean requested;
    private volatile boolean closed;
    // The fields below are guarded by this.
    private ConfigResult.Valid running;
    private String seen;
    private List<String> told = List.of();

    /** Receives what came of reading the configuration again; must be quick. */
    @FunctionalInterface
    public interface Observer {
        /**
         * @param problems all present problems of the configuration
         * @param text what happened, for people; empty if nothing did
         */
        void read(List<Problem> problems, String text);
    }

    /**
     * @param running the configuration that Interlock started with
     */
    public LiveConfigManager(
            ConfigSource source, ConfigResult.Valid running, ConfigApplier applier, Observer observer) {
        this.source = source;
        this.running = running;
        this.applier = applier;
        this.observer = observer;
        this.seen = NamedFiles.stamps(files());
    }

    /** Starts to watch the files. */
    public void start() {
        thread.start();
    }

    /** Asks to read the configuration again; returns at once. */
    public void request() {
        requested = true;
        hints.raise();
    }

    /** Reads the configuration again, and applies it unless it has problems. */
    public synchronized ReloadResult reload() throws InterruptedException {
        if (closed) {
            throw new InterruptedException("Interlock ends");
        }
        String stamps = NamedFiles.stamps(files());
        ReloadResult result = read(Optional.empty(), false);
        seen = stamps;
        return result;
    }

    /**
     * Tells what {@link #reload} would do.
     *
     * @param other a file to read instead of the configuration file, absolute
     */
    public synchronized ReloadResult dryRun(Optional<Path> other) throws InterruptedException {
        return read(other, true);
    }

    private ReloadResult read(Optional<Path> other, boolean dryRun) throws InterruptedException {
        return switch (source.readAgain(running.document(), other)) {
            case ConfigResult.Invalid invalid -> refused(invalid.problems(), dryRun);
            case ConfigResult.Valid next -> take(next, dryRun);
        };
    }

    private ReloadResult take(ConfigResult.Valid next, boolean dryRun) throws InterruptedException {
        List<String> changes = texts(ConfigComparison.changes(running.document(), next.document()));
        if (!changes.isEmpty()) {
            List<ConfigProblem> problems = applier.check(next);
            if (!problems.isEmpty()) {
                return refused(problems, dryRun);
            }
        }
        Map<String, Optional<String>> offers = applier.offer(next);
        List<String> nextStart = new ArrayList<>(texts(next.nextStart()));
        offers.forEach((id, refusal) ->
                refusal.ifPresent(why -> nextStart.add("$.plugins." + id + ": plugin " + id + " refuses: " + why)));
        boolean isUnchanged = changes.isEmpty() && offers.values().stream().noneMatch(Optional::isEmpty);
        if (isUnchanged || dryRun) {
            Outcome outcome = isUnchanged ? Outcome.UNCHANGED : Outcome.DRY_RUN;
            ReloadResult result = new ReloadResult(outcome, changes, nextStart, List.of(), List.of());
            if (!dryRun) {
                tell(result);
            }
            return result;
        }
        return apply(next, offers, changes, nextStart);
    }

    private ReloadResult apply(
            ConfigResult.Valid next, Map<String, Optional<String>> offers, List<String> changes, List<String> nextStart)
            throws InterruptedException {
        long began = System.nanoTime();
        changes.forEach(change -> log.info("{}", change));
        next.warnings().forEach(log::warn);
        Map<String, String> failed = applier.apply(running, next, offers);
        running = next;
        List<String> failures = failed.entrySet().stream()
                .map(each -> "plugin " + each.getKey() + ": " + each.getValue())
                .toList();
        log.info(
                "the configuration was read again and applied in {} ms: {}",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
                CountText.of(changes.size(), "change"));
        ReloadResult result = new ReloadResult(
                failures.isEmpty() ? Outcome.APPLIED : Outcome.FAILED, changes, nextStart, List.of(), failures);
        tell(result);
        return result;
    }

    private ReloadResult refused(List<ConfigProblem> problems, boolean dryRun) {
        ReloadResult result = ReloadResult.refused(
                problems.stream().map(ConfigProblem::toString).toList());
        if (!dryRun) {
            tell(result);
        }
        return result;
    }

    /** Logs what is new, and notifies the observer. */
    private void tell(ReloadResult result) {
        List<String> present = Stream.of(result.problems(), result.nextStart(), result.failures())
                .flatMap(List::stream)
                .toList();
        boolean isNew = !present.equals(told);
        told = present;
        if (isNew) {
            result.problems().forEach(problem -> log.error("{}", problem));
            result.nextStart().forEach(change -> log.warn("waits for the next start: {}", change));
            result.failures().forEach(failure -> log.error("not applied: {}", failure));
            if (result.outcome() == Outcome.REFUSED) {
                log.error(
                        "the configuration has {} and is not used; the earlier one stays in use",
                        CountText.of(result.problems().size(), "problem"));
            }
        }
        boolean isEvent = isNew || result.outcome() == Outcome.APPLIED || result.outcome() == Outcome.FAILED;
        observer.read(ReloadResultMapper.problems(result), isEvent ? ReloadResultMapper.event(result) : "");
    }

    private static List<String> texts(List<?> changes) {
        return changes.stream().map(Object::toString).toList();
    }

    private Set<Path> files() {
        Set<Path> files = new TreeSet<>(running.document().files().keySet());
        files.addAll(applier.files());
        source.file().ifPresent(files::add);
        return files;
    }

    private void run() {
        try {
            while (true) {
                watch();
                if (hints.await(BETWEEN_LOOKS)) {
                    // Other files of a folder may change often.
                    TimeUnit.NANOSECONDS.sleep(QUIET.toNanos());
                    hints.clear();
                }
                if (requested || differs()) {
                    requested = false;
                    settle();
                    reloadSafely();
                }
            }
        } catch (InterruptedException end) {
            log.debug("the configuration is no longer watched");
        }
    }

    private void reloadSafely() throws InterruptedException {
        try {
            ReloadResult unused = reload();
        } catch (RuntimeException e) {
            // A defect of Interlock must not end the only thread that watches.
            log.error("the configuration cannot be applied: {}", ErrorMessages.reason(e), e);
        }
    }

    private synchronized boolean differs() {
        return !NamedFiles.stamps(files()).equals(seen);
    }

    private void settle() throws InterruptedException {
        String before = "";
        Deadline deadline = Deadline.in(LONGEST_WRITE);
        for (String now = stamps(); !now.equals(before) && !deadline.isOver(); now = stamps()) {
            before = now;
            TimeUnit.NANOSECONDS.sleep(QUIET.toNanos());
        }
    }

    private synchronized String stamps() {
        return NamedFiles.stamps(files());
    }

    /** Watches the folder of each file. */
    private synchronized void watch() {
        Set<Path> folders = new TreeSet<>();
        files().forEach(file -> Optional.ofNullable(file.getParent()).ifPresent(folders::add));
        watches.entrySet().removeIf(watch -> {
            boolean isOver = !folders.contains(watch.getKey());
            if (isOver) {
                watch.getValue().close();
            }
            return isOver;
        });
        folders.forEach(folder -> watches.computeIfAbsent(folder, it -> FolderWatcher.start(it, hints::raise))
                .renew());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        watches.values().forEach(FolderWatcher::close);
    }
}
