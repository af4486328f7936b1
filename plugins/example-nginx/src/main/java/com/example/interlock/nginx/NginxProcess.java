package com.example.interlock.nginx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One nginx: its master process and workers. Confined to one thread, {@link #isAlive} and {@link #workers} apart. */
final class NginxProcess {

    private static final Logger log = LoggerFactory.getLogger("nginx");

    private static final List<Path> USUAL_PLACES =
            List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/local/sbin/nginx"), Path.of("/usr/bin/nginx"));
    private static final Pattern REFUSAL = Pattern.compile(".*\\[emerg](?: \\d+#\\d+:)? (.*?)(?: in /.+:(\\d{1,9}))?");
    private static final String SHUTTING_DOWN = "is shutting down";
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);
    private static final long BETWEEN_LOOKS_MILLIS = 5;
    private static final long LONGEST_LOG = 1_000_000;

    private final Path binary;
    private final NginxFiles folder;
    private final Runnable ended;
    private volatile @Nullable ProcessHandle master;
    private volatile boolean let;

    /**
     * @param ended called on another thread when nginx ended by itself
     */
    NginxProcess(Path binary, NginxFiles folder, Runnable ended) {
        this.binary = binary;
        this.folder = folder;
        this.ended = ended;
    }

    /**
     * @throws IOException if there is no nginx; the message says what to do
     */
    static Path find(Optional<Path> configured) throws IOException {
        return configured.map(Stream::of).orElseGet(USUAL_PLACES::stream)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("there is no nginx at "
                        + configured.map(Path::toString).orElse(USUAL_PLACES.toString())
                        + ": install it, or name it with plugins.nginx.binary"));
    }

    /**
     * What nginx has against a configuration.
     *
     * @param message nginx' own
     * @param line where, counted from 1; empty if it does not say
     */
    record Refusal(String message, Optional<Integer> line) {}

    /** Has nginx check a file. */
    Optional<Refusal> check(Path file) throws IOException, InterruptedException {
        Path output = folder.root().resolve("check.log");
        Process process = new ProcessBuilder(
                        binary.toString(), "-t", "-q", "-e", "stderr", "-p", folder.root().toString(), "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("nginx -t does not end");
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() == 0) {
            return Optional.empty();
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        return Optional.of(text.lines()
                .map(REFUSAL::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(found -> new Refusal(
                        found.group(1),
                        Optional.ofNullable(found.group(2)).map(Integer::valueOf)))
                .orElse(new Refusal(text.strip(), Optional.empty())));
    }

    /** Whether it runs; the first time this takes over one that an earlier controller, or version of this plugin, left. */
    boolean isAlive() {
        if (master == null) {
            leftRunning().ifPresent(this::follow);
        }
        ProcessHandle now = master;
        return now != null && now.isAlive();
    }

    /** Starts it with the live configuration; it may not live long. */
    void start() throws IOException {
        Files.deleteIfExists(folder.statusSocket());
        Files.deleteIfExists(folder.log());
        Process process = new ProcessBuilder(
                        "setsid", binary.toString(), "-e", "stderr", "-p", folder.root().toString(), "-c",
                        folder.config().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                .start();
        follow(process.toHandle());
    }

    /** Has it read the live configuration anew: new workers start, the others finish what they have. */
    void reload() throws IOException, InterruptedException {
        if (Files.size(folder.log()) > LONGEST_LOG) {
            Files.writeString(folder.log(), "");
        }
        signal("HUP");
    }

    /** Whether new requests meet none of these workers any more. */
    boolean haveLeft(Set<Long> workers) {
        return workers().stream()
                .noneMatch(worker -> workers.contains(worker.pid()) && !title(worker).contains(SHUTTING_DOWN));
    }

    /** The process ids of its workers. */
    Set<Long> workerIds() {
        return workers().stream().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    /** How many workers take requests, and how many finish what they have. */
    WorkerCounts countWorkers() {
        int old = (int) workers().stream()
                .filter(worker -> title(worker).contains(SHUTTING_DOWN))
                .count();
        return new WorkerCounts(workers().size() - old, old);
    }

    /** Counts of workers. */
    record WorkerCounts(int current, int old) {}

    /** Ends it: requests in flight may finish in this time, then nothing of it is left. */
    void stop(Duration limit) throws InterruptedException {
        let = true;
        ProcessHandle running = master;
        if (running == null || !running.isAlive()) {
            return;
        }
        List<ProcessHandle> family =
                Stream.concat(Stream.of(running), running.descendants()).toList();
        try {
            signal("QUIT");
            awaitEnd(running, limit);
        } catch (IOException e) {
            log.warn("nginx cannot be told to end: {}", e.getMessage());
        } finally {
            family.forEach(ProcessHandle::destroyForcibly);
        }
        for (ProcessHandle process : family) {
            awaitEnd(process, COMMAND_LIMIT);
        }
    }

    /** Forgets it, and leaves it running. */
    void letGo() {
        let = true;
    }

    /** The last line that it printed. */
    String lastWords() {
        try (Stream<String> lines = Files.lines(folder.log(), StandardCharsets.UTF_8)) {
            return lines.filter(line -> !line.isBlank()).reduce((earlier, later) -> later).orElse("it says nothing");
        } catch (IOException e) {
            return "it says nothing";
        }
    }

    /** A moment, between two looks at something that takes a few of them. */
    static void pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
    }

    private void follow(ProcessHandle process) {
        master = process;
        CompletableFuture<?> unused = process.onExit().thenRun(() -> {
            if (!let) {
                ended.run();
            }
        });
    }

    /** A pid file may be stale; the title of nginx' master has its command line. */
    private Optional<ProcessHandle> leftRunning() {
        try {
            long pid = Long.parseLong(Files.readString(folder.pidFile()).strip());
            return ProcessHandle.of(pid)
                    .filter(process -> title(process).contains("nginx: master"))
                    .filter(process -> title(process).contains(folder.config().toString()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private List<ProcessHandle> workers() {
        ProcessHandle running = master;
        return running == null ? List.of() : running.children().toList();
    }

    private static String title(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .replace('\0', ' ');
        } catch (IOException e) {
            // It has ended.
            return SHUTTING_DOWN;
        }
    }

    /** Java itself sends SIGTERM and SIGKILL only. */
    private void signal(String name) throws IOException, InterruptedException {
        ProcessHandle running = master;
        if (running == null) {
            throw new IOException("nginx does not run");
        }
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " \"$0\"", Long.toString(running.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!kill.waitFor(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("nginx cannot be sent SIG" + name);
        }
    }

    private static void awaitEnd(ProcessHandle process, Duration limit) throws InterruptedException {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.debug("process {} takes its time", process.pid());
        }
    }
}
