package io.interlock.systemtests.support;

import static org.awaitility.Awaitility.await;

import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SubnetAllocator;
import io.interlock.testsupport.process.DistributionFiles;
import io.interlock.testsupport.process.FileTrees;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Podman on this host with a test's own store and network, and its service, which answers like a Docker engine.
 * Containers do not depend on the service, which may be stopped and started again. Needs root and {@code podman}.
 */
public final class PodmanService implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int SUBNETS = 234;
    private static final Path ADDRESSES = Path.of("/var/lib/cni/networks");
    private static final String IMAGE = "interlock/backend";

    private final Path folder;
    private final String network = LocalEngine.uniqueName("net");
    private @Nullable Process service;

    private PodmanService(Path folder) {
        this.folder = folder;
    }

    /** Starts the service, with a container that has no host name. */
    public static PodmanService start() throws IOException {
        PodmanService podman = new PodmanService(Files.createTempDirectory("il-p"));
        try {
            podman.prepare();
        } catch (IOException | RuntimeException e) {
            podman.closeAfter(e);
            throw e;
        }
        return podman;
    }

    /** Why this machine cannot run it; empty if it can. */
    public static Optional<String> obstacle() {
        return hasTwoKindsOfCgroups() && !isInstalled("runc")
                ? Optional.of("this host has both versions of cgroups, which crun refuses, and runc is not installed")
                : Optional.empty();
    }

    private static boolean hasTwoKindsOfCgroups() {
        return Files.exists(Path.of("/sys/fs/cgroup/unified/cgroup.controllers"));
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private void prepare() throws IOException {
        // A process may not be able to raise its limits to the defaults for containers where tests run.
        Files.writeString(folder.resolve("containers.conf"), """
                [containers]
                default_ulimits = ["nofile=1024:4096", "nproc=1024:4096"]
                """);
        SystemProcesses.run(
                DistributionFiles.projectFile("scripts/backend-image").toString());
        Path archive = folder.resolve("image.tar");
        SystemProcesses.run("docker", "save", "-o", archive.toString(), IMAGE);
        podman("load", "-i", archive.toString());
        podman("network", "create", "--disable-dns", "--subnet", SubnetAllocator.free(SUBNETS) + "0/24", network);
        // The network's interface, by which Interlock detects that it is on the service's host, is created with the
        // first container.
        String unused = run();
        service = launch();
    }

    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** The value of an engine's {@code addr}. */
    public String address() {
        return "unix://" + socket();
    }

    private Path socket() {
        return folder.resolve("podman.sock");
    }

    /**
     * Starts a container that serves on for a moment after the signal to end and answers requests in progress; returns
     * its name.
     *
     * @param options more options of {@code podman run}
     */
    public String run(String... options) throws IOException {
        String name = LocalEngine.uniqueName("pod");
        List<String> arguments = new ArrayList<>(List.of(
                "run", "-d", "--name", name, "--network", network, "-e", "NAME=" + name, "-e", "ON_TERM=drain:1000"));
        arguments.addAll(List.of(options));
        arguments.add("localhost/" + IMAGE);
        podman(arguments.toArray(String[]::new));
        return name;
    }

    /** Stops a container. */
    public void stop(String name) throws IOException {
        podman("stop", name);
    }

    /** Ends the service: containers continue to run. */
    public void stopService() {
        Process running = service;
        if (running != null) {
            running.destroy();
            running.onExit().join();
        }
    }

    /** Starts the service again. */
    public void startService() throws IOException {
        service = launch();
    }

    private Process launch() throws IOException {
        // A stopped service may leave its socket behind.
        Files.deleteIfExists(socket());
        Process launched = command("system", "service", "--time=0", address())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        await("Podman answers at " + socket()).atMost(LIMIT).until(this::listens);
        return launched;
    }

    private boolean listens() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket()));
        } catch (IOException notYet) {
            return false;
        }
    }

    private void podman(String... arguments) throws IOException {
        SystemProcesses.Outcome outcome = SystemProcesses.outcomeOf(command(arguments));
        if (outcome.exitCode() != 0) {
            throw new IOException("podman " + String.join(" ", arguments) + " failed: " + outcome.output());
        }
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "podman",
                "--root",
                folder.resolve("data").toString(),
                "--runroot",
                folder.resolve("run").toString(),
                "--tmpdir",
                folder.resolve("tmp").toString(),
                "--network-config-dir",
                folder.resolve("networks").toString(),
                // Works on any file system.
                "--storage-driver",
                "vfs",
                // Needs no systemd.
                "--cgroup-manager",
                "cgroupfs"));
        if (hasTwoKindsOfCgroups()) {
            command.addAll(List.of("--runtime", "runc"));
        }
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .put("CONTAINERS_CONF", folder.resolve("containers.conf").toString());
        return builder;
    }

    @Override
    public void close() throws IOException {
        try {
            podman("rm", "--all", "--force", "--time", "0");
            podman("network", "rm", "--force", network);
        } finally {
            stopService();
            // The network's plugins leave their list of assigned addresses behind.
            FileTrees.remove(ADDRESSES.resolve(network));
            FileTrees.remove(folder);
        }
    }
}
