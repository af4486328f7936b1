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

/** nginx' master process and its workers. Confined to one thread, except {@link #isAlive} and {@link #workers}. */
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
     * @param ended called on another thread when nginx has ended by itself
     */
    NginxProcess(Path binary, NginxFiles folder, Runnable ended) {
        this.binary = binary;
        this.folder = folder;
        this.ended = ended;
    }

    /**
     * @throws IOException if there is no nginx; the message names the remedy
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
     * Refusal of a configuration by nginx.
     *
     * @param message nginx' message
     * @param line the number of the line, from 1; empty if nginx names none
     */
    record Refusal(String message, Optional<Integer> line) {}

    /** Checks a file with nginx. */
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

    /**
     * Whether nginx runs. The first call takes over an nginx that an earlier controller, or another version of this
     * plugin, left running.
     */
    boolean isAlive() {
        if (master == null) {
            leftRunning().ifPresent(this::follow);
        }
        ProcessHandle now = master;
        return now != null && now.isAlive();
    }

    /** Whether an nginx runs that an earlier controller left. Does not take it over. */
    boolean isLeftRunning() {
        return leftRunning().isPresent();
    }

    /** Starts nginx with the live configuration. The process may end soon after. */
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

    /** Makes nginx read the live configuration again: new workers start, the old ones finish their requests. */
    void reload() throws IOException, InterruptedException {
        if (Files.size(folder.log()) > LONGEST_LOG) {
            Files.writeString(folder.log(), "");
        }
        signal("HUP");
    }

    /** Whether none of these workers gets new requests. */
    boolean haveLeft(Set<Long> workers) {
        return workers().stream()
                .noneMatch(worker -> workers.contains(worker.pid()) && !title(worker).contains(SHUTTING_DOWN));
    }

    /** The process ids of the workers. */
    Set<Long> workerIds() {
        return workers().stream().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    /** The number of workers that accept requests, and of those that only finish theirs. */
    WorkerCounts countWorkers() {
        int old = (int) workers().stream()
                .filter(worker -> title(worker).contains(SHUTTING_DOWN))
                .count();
        return new WorkerCounts(workers().size() - old, old);
    }

    /** Numbers of workers. */
    record WorkerCounts(int current, int old) {}

    /** Ends nginx: requests in flight may finish within the limit, then all its processes are killed. */
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

    /** Leaves nginx running, and stops watching it. */
    void letGo() {
        let = true;
    }

    /** The last line of nginx' output. */
    String lastWords() {
        try (Stream<String> lines = Files.lines(folder.log(), StandardCharsets.UTF_8)) {
            return lines.filter(line -> !line.isBlank()).reduce((earlier, later) -> later).orElse("it says nothing");
        } catch (IOException e) {
            return "it says nothing";
        }
    }

    /** Waits for a moment between two attempts. */
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

    /**
     * The master that an earlier controller left running. A pid file may be stale, but the title of nginx' master
     * contains its command line.
     */
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
            // The process has ended.
            return SHUTTING_DOWN;
        }
    }

    /** Sends a signal. Java itself sends only SIGTERM and SIGKILL. */
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
