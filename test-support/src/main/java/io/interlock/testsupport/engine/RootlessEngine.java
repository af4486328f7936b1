package io.interlock.testsupport.engine;

import static org.awaitility.Awaitility.await;

import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Real rootless engine of one test, with the sample image. Runs as a user of this machine who has subordinate ids. Needs
 * root, {@code dockerd}, {@code rootlesskit}, {@code newuidmap} and {@code slirp4netns}.
 */
public final class RootlessEngine implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int MOST_TRIES = 5;
    private static final Path IDS = Path.of("/etc/subuid");
    private static final Path TUNNEL = Path.of("/dev/net/tun");
    private static final Path STARTER = Path.of("/usr/share/docker.io/contrib/dockerd-rootless.sh");

    private final Path folder;
    private final Process process;

    private RootlessEngine(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** Returns why this machine cannot run it; empty if it can. */
    public static Optional<String> obstacle() throws IOException {
        for (String program : List.of("rootlesskit", "newuidmap", "slirp4netns", "runuser")) {
            if (Stream.of(System.getenv("PATH").split(":"))
                    .noneMatch(path -> Files.isExecutable(Path.of(path, program)))) {
                return Optional.of(program + " is not installed");
            }
        }
        if (!Files.exists(STARTER)) {
            return Optional.of(STARTER + " is missing");
        }
        if (!Files.exists(TUNNEL)
                || !Files.getPosixFilePermissions(TUNNEL).contains(PosixFilePermission.OTHERS_WRITE)) {
            return Optional.of("users may not write to " + TUNNEL);
        }
        return user().isEmpty() ? Optional.of("no user has subordinate ids in " + IDS) : Optional.empty();
    }

    private static Optional<String> user() throws IOException {
        if (!Files.exists(IDS)) {
            return Optional.empty();
        }
        for (String line : Files.readAllLines(IDS)) {
            String name = line.split(":", 2)[0];
            SystemProcesses.Outcome id = SystemProcesses.outcomeOf(new ProcessBuilder("id", "-u", name));
            if (id.exitCode() == 0 && !id.output().strip().equals("0")) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** Starts the engine. Its network sometimes cannot be set up at the first try: then it ends at once, and is started again. */
    public static RootlessEngine start() throws IOException {
        for (int tries = 1; ; tries++) {
            RootlessEngine engine = launch(user().orElseThrow());
            if (engine.answers()) {
                SystemProcesses.run(
                        "sh", "-c", "docker save interlock/sample | docker -H " + engine.address() + " load");
                return engine;
            }
            String log = Files.readString(engine.folder.resolve("log"));
            engine.end();
            if (tries == MOST_TRIES) {
                throw new IOException("the rootless engine ended: " + log);
            }
        }
    }

    /** Waits until the engine answers; false if it ends instead. */
    private boolean answers() {
        return await("the rootless engine answers at " + socket())
                .atMost(LIMIT)
                .until(
                        () -> process.isAlive()
                                ? Optional.of(SystemProcesses.outcomeOf(
                                                        new ProcessBuilder("docker", "-H", address(), "version"))
                                                .exitCode()
                                        == 0)
                                : Optional.<Boolean>empty(),
                        answer -> answer.orElse(true))
                .isPresent();
    }

    private static RootlessEngine launch(String user) throws IOException {
        Path folder = Files.createTempDirectory("il-r");
        for (String part : List.of("run", "home")) {
            Files.createDirectory(folder.resolve(part));
        }
        SystemProcesses.run("chown", "-R", user, folder.toString());
        Process process = new ProcessBuilder(
                        "runuser",
                        "-u",
                        user,
                        "--",
                        "env",
                        "HOME=" + folder.resolve("home"),
                        "XDG_RUNTIME_DIR=" + folder.resolve("run"),
                        "PATH=" + System.getenv("PATH") + ":/usr/sbin:/sbin",
                        STARTER.toString(),
                        "--data-root",
                        folder.resolve("data").toString(),
                        "--storage-driver",
                        "vfs")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        return new RootlessEngine(folder, process);
    }

    private Path socket() {
        return folder.resolve("run/docker.sock");
    }

    /** Returns the value of an engine's {@code addr}. */
    public String address() {
        return "unix://" + socket();
    }

    /** Runs a command of the Docker CLI on it. */
    public String docker(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker", "-H", address()));
        command.addAll(List.of(arguments));
        return SystemProcesses.run(command.toArray(String[]::new));
    }

    @Override
    public void close() throws IOException {
        String containers = docker("ps", "-aq").replaceAll("\\s+", " ").strip();
        if (!containers.isEmpty()) {
            SystemProcesses.run("sh", "-c", "docker -H " + address() + " rm -f " + containers);
        }
        end();
    }

    private void end() throws IOException {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        process.onExit().join();
        all.forEach(handle -> {
            boolean unused = handle.destroy();
            handle.onExit().join();
        });
        SystemProcesses.run("rm", "-rf", folder.toString());
    }
}
