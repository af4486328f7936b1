package io.interlock.testsupport.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.network.HttpConnection;
import io.interlock.testsupport.network.RuntimeApiClient;
import io.interlock.testsupport.process.DistributionFiles;
import io.interlock.testsupport.process.FileTrees;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Running Interlock: the distribution's program with a configuration of its own. Closing it ends it in any state, and
 * removes its folder.
 */
public final class InterlockProcess implements AutoCloseable {

    /** Time limit of every wait of a test. No test may depend on the exact value. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int STOP_SECONDS = 60;

    private final ConfigFileBuilder settings;
    private final Process process;
    private final Path log;

    private InterlockProcess(ConfigFileBuilder settings, Process process, Path log) {
        this.settings = settings;
        this.process = process;
        this.log = log;
    }

    /** Starts the program with this configuration file and further arguments; does not wait. */
    public static InterlockProcess start(ConfigFileBuilder settings, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-config", settings.write().toString()));
        arguments.addAll(List.of(more));
        return launch(settings, command(arguments.toArray(String[]::new)));
    }

    /** Starts this program, which must be Interlock's. */
    public static InterlockProcess start(ConfigFileBuilder settings, Path program) throws IOException {
        return launch(settings, command(program, "-config", settings.write().toString()));
    }

    /** Starts the program and its proxy with this clock. */
    public static InterlockProcess start(ConfigFileBuilder settings, SettableClock clock) throws IOException {
        return launch(
                settings, clock.applyTo(command("-config", settings.write().toString())));
    }

    /** Starts the program with a prepared command; the settings only define where files are expected. */
    public static InterlockProcess launch(ConfigFileBuilder settings, ProcessBuilder command) throws IOException {
        Path log = settings.folder().resolve("interlock.log");
        Process process =
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new InterlockProcess(settings, process, log);
    }

    /**
     * Returns a command for the program with these arguments, in an environment without variables about engines or
     * configuration.
     */
    public static ProcessBuilder command(String... arguments) {
        return command(DistributionFiles.program(), arguments);
    }

    private static ProcessBuilder command(Path program, String... arguments) {
        List<String> command = new ArrayList<>();
        // A build in the background passes on an ignored SIGINT, which a JVM keeps.
        command.addAll(List.of("env", "--default-signal=INT"));
        command.add(program.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("INTERLOCK_")
                        || List.of("DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH")
                                .contains(name));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    public int port() {
        return settings.port();
    }

    public ConfigFileBuilder settings() {
        return settings;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the output so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the proxy answers. */
    public InterlockProcess awaitReady() {
        return awaitThat(
                "the proxy answers", () -> get("any", "/haproxy?monitor").status() == 200);
    }

    /**
     * Waits until Interlock knows that its latest configuration is in effect; the proxy serves it some milliseconds
     * earlier.
     */
    public InterlockProcess awaitApplied() {
        String unused = awaitLogged("revision", "is served");
        return this;
    }

    /** Sends a request through the proxy on a connection of its own. */
    public HttpConnection.Response get(String host, String path, String... headers) throws IOException {
        return HttpConnection.get(port(), host, path, headers);
    }

    /** Waits until this container answers for this host. */
    public void awaitServedBy(SampleContainer container, String host) {
        awaitThat(container + " answers for " + host, () -> nameAt(host).equals(container.name()));
    }

    /**
     * Waits until no server answers for this host. A request that the proxy accepted before the change may hang at a
     * removed container for all of the proxy's timeouts; therefore no request is waited for long.
     */
    public void awaitNotServed(String host) {
        awaitThat(
                "nobody answers for " + host,
                () -> HttpConnection.getImpatiently(port(), host, "/name").status() == 503);
    }

    /** Waits until one line of the log contains all of these texts. */
    public String awaitLogged(String... texts) {
        awaitThat(
                "the log has a line with " + List.of(texts),
                () -> logged(texts).findAny().isPresent());
        return logged(texts).findFirst().orElseThrow();
    }

    private Stream<String> logged(String... texts) {
        return log().lines().filter(line -> Stream.of(texts).allMatch(line::contains));
    }

    /**
     * Waits until the proxy's configuration file contains all of these texts, and returns its content. The file is
     * written up to half a minute after the running proxy was changed, because only the proxy's next start needs it.
     */
    public String awaitProxyConfig(String... texts) {
        AtomicReference<String> config = new AtomicReference<>("");
        awaitThat("the proxy's file has " + List.of(texts), () -> {
            config.set(Files.readString(settings.proxyConfig()));
            return Stream.of(texts).allMatch(config.get()::contains);
        });
        return config.get();
    }

    /** Returns each server of each path of requests for a host, as in the output of {@code interlock routes}. */
    public List<JsonNode> serversOf(String host) throws IOException {
        List<JsonNode> servers = new ArrayList<>();
        try {
            for (JsonNode way : new InterlockCommandRunner(settings)
                    .run("routes", "--json")
                    .json()
                    .path("routes")) {
                if (way.path("host_names").toString().contains('"' + host + '"')) {
                    way.path("servers").forEach(servers::add);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return servers;
    }

    /** Returns the name of the container that answers for this host; empty if none does. */
    public String nameAt(String host) throws IOException {
        HttpConnection.Response response = get(host, "/name");
        return response.status() == 200 ? response.body().strip() : "";
    }

    /** Waits for a condition; the failure shows the log, if the condition does not come or Interlock ends first. */
    public InterlockProcess awaitThat(String what, Condition condition) {
        try {
            await(what)
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        if (!process.isAlive()) {
                            return true;
                        }
                        return holds(condition);
                    });
        } catch (RuntimeException e) {
            throw new AssertionError("not so: " + what + "; Interlock's log:\n" + log(), e);
        }
        if (!process.isAlive()) {
            throw new AssertionError(
                    "Interlock ended with " + process.exitValue() + " before: " + what + "; its log:\n" + log());
        }
        return this;
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (IOException e) {
            return false;
        }
    }

    /** Condition to wait for; an I/O error means: not yet. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException;
    }

    /** Returns the processes of the proxy. */
    public List<ProcessHandle> proxyProcesses() {
        return SystemProcesses.mentioning(settings.proxyConfig().toString()).stream()
                .filter(handle -> handle.pid() != process.pid())
                .toList();
    }

    /** Waits for the proxy's master or a worker, and returns it. A check of a configuration is neither. */
    public ProcessHandle proxyProcess(boolean master) {
        AtomicReference<Optional<ProcessHandle>> found = new AtomicReference<>(Optional.empty());
        awaitThat("the proxy has a " + (master ? "master" : "worker"), () -> {
            List<ProcessHandle> processes = proxyProcesses().stream()
                    .filter(process -> SystemProcesses.arguments(process).contains(" -W "))
                    .toList();
            found.set(processes.stream()
                    .filter(process ->
                            process.parent().filter(processes::contains).isPresent() != master)
                    .findFirst());
            return found.get().isPresent();
        });
        return found.get().orElseThrow();
    }

    /**
     * Returns how often the proxy has been reloaded since its start. The proxy itself is asked, once it is not
     * reloading.
     */
    public int proxyReloads() {
        AtomicInteger reloads = new AtomicInteger();
        awaitThat("the proxy's master answers", () -> {
            reloads.set(
                    RuntimeApiClient.reloads(FileTrees.find(settings.folder().resolve("data"), "master.sock")));
            return true;
        });
        return reloads.get();
    }

    /** Sends SIGTERM, waits for the end and returns the exit code. */
    public int stop() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    /** Waits until it ends by itself and returns the exit code. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("Interlock did not end within " + STOP_SECONDS + " s; its log:\n" + log());
        }
        return process.exitValue();
    }

    /** Fails if any process that was started for it still runs. */
    public void assertNothingLeft() {
        assertThat(SystemProcesses.mentioning(settings.folder().toString()))
                .as("processes left over by Interlock")
                .extracting(SystemProcesses::arguments)
                .isEmpty();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        SystemProcesses.mentioning(settings.folder().toString()).forEach(ProcessHandle::destroyForcibly);
        FileTrees.remove(settings.folder());
    }
}
