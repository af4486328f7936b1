package io.interlock.systemtests.support;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real engine of a test's own, which may be killed, stopped, frozen and started again. Its containers are in the host's network, so
 * that nothing of that network has to be changed. Needs root, and {@code dockerd} on the path.
 */
public final class OwnEngine implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Path folder;
    private final List<String> options;
    private Process process;

    private OwnEngine(Path folder, List<String> options) throws IOException {
        this.folder = folder;
        this.options = options;
        this.process = launch();
    }

    /**
     * Starts one, with the sample image.
     *
     * @param options more of {@code dockerd}'s
     */
    public static OwnEngine start(String... options) throws IOException {
        OwnEngine engine = new OwnEngine(Files.createTempDirectory("il-e"), List.of(options));
        Processes.run("sh", "-c", "docker save interlock/sample | docker -H " + engine.address() + " load");
        return engine;
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "dockerd",
                "--data-root",
                folder.resolve("data").toString(),
                "--exec-root",
                folder.resolve("run").toString(),
                "--pidfile",
                folder.resolve("pid").toString(),
                "-H",
                address(),
                "--bridge=none",
                "--iptables=false"));
        command.addAll(options);
        Process launched = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        await("the engine at " + folder + " answers")
                .atMost(LIMIT)
                .until(() -> Processes.outcomeOf(new ProcessBuilder("docker", "-H", address(), "version"))
                                .exitCode()
                        == 0);
        return launched;
    }

    /** As an engine's {@code addr}. */
    public String address() {
        return "unix://" + folder.resolve("s");
    }

    /** Starts a sample container that listens at a free port of this host, and gives its name. */
    public String runSample(String host) throws IOException {
        String name = Engine.uniqueName("own");
        int port = FreePorts.next();
        docker(
                "run",
                "-d",
                "--name",
                name,
                "--network",
                "host",
                "-e",
                "NAME=" + name,
                "-e",
                "PORT=" + port,
                "-l",
                "interlock.hostname=" + host,
                "-l",
                "interlock.port=" + port,
                "interlock/sample");
        return name;
    }

    /** Runs a command of Docker's program on it. */
    public String docker(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker", "-H", address()));
        command.addAll(List.of(arguments));
        return Processes.run(command.toArray(String[]::new));
    }

    /** SIGKILL: its containers live on. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, and waits for its end. */
    public void stop() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("dockerd does not end: " + Files.readString(folder.resolve("log")));
        }
    }

    /** SIGSTOP: its connections stay, and it says nothing. */
    public void freeze() throws IOException {
        Processes.run("kill", "-STOP", Long.toString(process.pid()));
    }

    /** SIGCONT. */
    public void thaw() throws IOException {
        Processes.run("kill", "-CONT", Long.toString(process.pid()));
    }

    /** Starts it again, as it was. */
    public void startAgain() throws IOException {
        process = launch();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            startAgain();
        }
        thaw();
        for (String id : docker("ps", "-aq").split("\\s+")) {
            if (!id.isEmpty()) {
                docker("rm", "-f", id);
            }
        }
        stop();
        // Live restore leaves it behind.
        Path containerd = folder.resolve("run/containerd/containerd.pid");
        if (Files.exists(containerd)) {
            ProcessHandle.of(Long.parseLong(Files.readString(containerd).strip()))
                    .filter(handle -> handle.info().command().orElse("").endsWith("containerd"))
                    .ifPresent(handle -> {
                        boolean unused = handle.destroy();
                        handle.onExit().join();
                    });
        }
        Processes.run("rm", "-rf", folder.toString());
    }
}
