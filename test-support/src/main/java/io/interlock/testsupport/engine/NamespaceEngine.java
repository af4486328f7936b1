package io.interlock.testsupport.engine;

import static org.awaitility.Awaitility.await;

import io.interlock.testsupport.process.DistributionFiles;
import io.interlock.testsupport.process.FileTrees;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Real engine of one test, which may be killed, stopped, frozen and started again. It runs in a network namespace, as
 * on a host of its own, because an engine takes over another engine's network if it finds it. Needs root,
 * {@code dockerd} and {@code ip}.
 */
public final class NamespaceEngine implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int SUBNETS = 231;
    private static final int FIRST_PORT = 18_000;
    private static final AtomicInteger PORTS = new AtomicInteger();
    private static final String SOCKET = "docker.sock";
    private static final String CONTAINERD = "run/containerd/containerd.pid";

    private final Path folder;
    private final List<String> options;
    private final String namespace;
    private final String ip;
    private Process process;

    /** Connects the engine's host with this one, and returns its address. */
    private interface Wiring {
        String connect(String namespace) throws IOException;
    }

    private NamespaceEngine(Path folder, List<String> options, Wiring wiring) throws IOException {
        this.folder = folder;
        this.options = options;
        int number = NUMBER.incrementAndGet();
        // The name of a device has at most 15 characters.
        this.namespace = "il" + ProcessHandle.current().pid() % 100_000 + "e" + number;
        ip("netns", "add", namespace);
        ip("-n", namespace, "link", "set", "lo", "up");
        this.ip = wiring.connect(namespace);
        this.process = launch();
    }

    private static String connectDirectly(String namespace) throws IOException {
        String network = SubnetAllocator.free(SUBNETS);
        connect(namespace, network + "1/24", network + "2/24");
        return network + "2";
    }

    private static String connectByIpv6(String namespace) throws IOException {
        String network = SubnetAllocator.freeOfIpv6(SUBNETS);
        // Without duplicate address detection, which takes a second.
        connect(namespace, network + "1/64", network + "2/64", "nodad");
        return network + "2";
    }

    private static void connect(String namespace, String here, String there, String... flags) throws IOException {
        ip("link", "add", namespace, "type", "veth", "peer", "name", "eth0", "netns", namespace);
        ip(with(flags, "addr", "add", here, "dev", namespace));
        ip("link", "set", namespace, "up");
        ip(with(flags, "-n", namespace, "addr", "add", there, "dev", "eth0"));
        ip("-n", namespace, "link", "set", "eth0", "up");
    }

    private static String[] with(String[] last, String... first) {
        return Stream.concat(Stream.of(first), Stream.of(last)).toArray(String[]::new);
    }

    /**
     * Starts an engine with the sample image.
     *
     * @param options further options of {@code dockerd}
     */
    public static NamespaceEngine start(String... options) throws IOException {
        return withSample(new NamespaceEngine(
                Files.createTempDirectory("il-e"), List.of(options), NamespaceEngine::connectDirectly));
    }

    /** Starts an engine, with the sample image, on a host that shares no IPv4 network with this one. */
    public static NamespaceEngine startOverIpv6() throws IOException {
        return withSample(
                new NamespaceEngine(Files.createTempDirectory("il-e"), List.of(), NamespaceEngine::connectByIpv6));
    }

    /** Starts an engine, with the sample image, on a host in this network. */
    public static NamespaceEngine startIn(NetworkSegment segment, int host) throws IOException {
        return withSample(new NamespaceEngine(
                Files.createTempDirectory("il-e"), List.of(), namespace -> segment.join(namespace, host)));
    }

    /** Starts an engine, with the sample image, that accepts only clients with a certificate of this authority. */
    public static NamespaceEngine startBehindTls(EngineCertificateAuthority authority, String... more)
            throws IOException {
        Path folder = Files.createTempDirectory("il-e");
        List<String> options = new ArrayList<>(List.of(
                "--tlsverify",
                "--tlscacert",
                folder.resolve("ca.pem").toString(),
                "--tlscert",
                folder.resolve("cert.pem").toString(),
                "--tlskey",
                folder.resolve("key.pem").toString()));
        options.addAll(List.of(more));
        return withSample(new NamespaceEngine(folder, options, namespace -> {
            String ip = connectDirectly(namespace);
            replaceAuthority(authority, folder, ip);
            return ip;
        }));
    }

    /** Replaces the authority of an engine behind TLS, which must then be started again. */
    public void replaceAuthority(EngineCertificateAuthority authority) throws IOException {
        replaceAuthority(authority, folder, ip);
    }

    private static void replaceAuthority(EngineCertificateAuthority authority, Path folder, String ip)
            throws IOException {
        try {
            authority.writeCa(folder);
            authority.writeIdentity(folder, ip);
        } catch (GeneralSecurityException e) {
            throw new IOException("the engine gets no certificate", e);
        }
    }

    private static NamespaceEngine withSample(NamespaceEngine engine) throws IOException {
        engine.load("interlock/sample");
        return engine;
    }

    private void load(String image) throws IOException {
        SystemProcesses.run("sh", "-c", "docker save " + image + " | docker -H unix://" + socket() + " load");
    }

    public static void ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        SystemProcesses.run(command.toArray(String[]::new));
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                // ip netns exec is not used, because it hides the control groups.
                "nsenter",
                "--net=/run/netns/" + namespace,
                "dockerd",
                "--data-root",
                folder.resolve("data").toString(),
                "--exec-root",
                folder.resolve("run").toString(),
                "--pidfile",
                folder.resolve("pid").toString(),
                "-H",
                address(),
                "-H",
                "unix://" + socket(),
                "--iptables=false",
                "--ip-masq=false"));
        if (!options.contains("--tlsverify")) {
            command.add("--tls=false");
        }
        command.addAll(options);
        Process launched = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        await("the engine at " + folder + " answers")
                .atMost(LIMIT)
                .until(() ->
                        SystemProcesses.outcomeOf(new ProcessBuilder("docker", "-H", "unix://" + socket(), "version"))
                                        .exitCode()
                                == 0);
        return launched;
    }

    /** Returns the address for an engine's {@code addr}. */
    public String address() {
        return "tcp://" + (ip.contains(":") ? "[" + ip + "]" : ip) + ":2375";
    }

    /** Returns its socket, at which clients need no certificate. */
    public Path socket() {
        return folder.resolve(SOCKET);
    }

    /** Returns the group of its socket, as a number. */
    public String groupOfSocket() throws IOException {
        return FileTrees.groupOf(socket().toString());
    }

    /** Returns its host's address. */
    public String ip() {
        return ip;
    }

    /** Starts a sample container with a published port, and returns its name. */
    public String runSample(String host) throws IOException {
        String name = LocalEngine.uniqueName("own");
        runSample(host, name);
        return name;
    }

    /** Starts a sample container of this name with a published port. */
    public void runSample(String host, String name) throws IOException {
        String unused = docker("run", "-d", "--name", name, "-h", host, "-P", "-e", "NAME=" + name, "interlock/sample");
    }

    /**
     * Starts a container with a published port and returns its name. On its stop signal the container serves for a
     * moment longer and answers the requests in flight.
     */
    public String runDraining(String host) throws IOException {
        SystemProcesses.run(
                DistributionFiles.projectFile("scripts/backend-image").toString());
        load("interlock/backend");
        String name = LocalEngine.uniqueName("own");
        String unused = docker(
                "run",
                "-d",
                "--name",
                name,
                "-h",
                host,
                "-P",
                "-e",
                "NAME=" + name,
                "-e",
                "ON_TERM=drain:1000",
                "interlock/backend");
        return name;
    }

    /**
     * Starts a sample container in the network of the engine's host, at a port of its own, and returns its name. It
     * stays reachable when the engine ends; the engine's forwarder of published ports would end with the engine,
     * including answers under way.
     */
    public String runSampleInHostsNetwork(String host) throws IOException {
        String name = LocalEngine.uniqueName("own");
        String port = Integer.toString(FIRST_PORT + PORTS.getAndIncrement());
        String unused = docker(
                "run",
                "-d",
                "--name",
                name,
                "-l",
                "interlock.hostname=" + host,
                "--network",
                "host",
                "-e",
                "NAME=" + name,
                "-e",
                "PORT=" + port,
                "-l",
                "interlock.port=" + port,
                "interlock/sample");
        return name;
    }

    /** Runs a command of the Docker CLI on it. */
    public String docker(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker", "-H", "unix://" + socket()));
        command.addAll(List.of(arguments));
        return SystemProcesses.run(command.toArray(String[]::new));
    }

    /** Sends SIGKILL; its containers continue. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Sends SIGTERM, and waits for the end. */
    public void stop() throws IOException {
        process.destroy();
        try {
            process.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while dockerd ended", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("dockerd does not end: " + Files.readString(folder.resolve("log")), e);
        }
    }

    /** Sends SIGSTOP: its connections stay, but it does not answer. */
    public void freeze() throws IOException {
        SystemProcesses.run("kill", "-STOP", Long.toString(process.pid()));
    }

    /** Sends SIGCONT. */
    public void thaw() throws IOException {
        SystemProcesses.run("kill", "-CONT", Long.toString(process.pid()));
    }

    /**
     * Disconnects its host and containers, or connects them again. Must not be used for an engine in a segment, which
     * has its own method.
     */
    public void connect(boolean connected) throws IOException {
        // Inside the namespace: on the outer side the network's route would vanish too, and packets would take another
        // one.
        ip("-n", namespace, "link", "set", "eth0", connected ? "up" : "down");
    }

    /** Starts it again, with the same options. */
    public void startAgain() throws IOException {
        // A killed engine leaves this file behind, and its number may belong to another process by now.
        Files.deleteIfExists(folder.resolve("pid"));
        Path containerd = folder.resolve(CONTAINERD);
        if (Files.exists(containerd) && hasEnded(Files.readString(containerd).strip())) {
            Files.delete(containerd);
        }
        process = launch();
    }

    /** Whether the process has ended, also if it was not reaped, or if another process has its number. */
    private static boolean hasEnded(String containerd) throws IOException {
        Path stat = Path.of("/proc", containerd, "stat");
        try {
            String state = Files.readString(stat);
            return !state.contains("(containerd)") || state.contains(") Z ");
        } catch (NoSuchFileException ended) {
            return true;
        }
    }

    /** Makes sure that it runs, whatever was done to it. */
    void ensureRunning() throws IOException {
        if (!process.isAlive()) {
            startAgain();
        }
        thaw();
    }

    @Override
    public void close() throws IOException {
        ensureRunning();
        for (String id : docker("ps", "-aq").split("\\s+")) {
            if (!id.isEmpty()) {
                docker("rm", "-f", id);
            }
        }
        stop();
        // Live restore leaves containerd behind.
        Path containerd = folder.resolve(CONTAINERD);
        if (Files.exists(containerd)) {
            ProcessHandle.of(Long.parseLong(Files.readString(containerd).strip()))
                    .filter(handle -> handle.info().command().orElse("").endsWith("containerd"))
                    .ifPresent(handle -> {
                        boolean unused = handle.destroy();
                        handle.onExit().join();
                    });
        }
        // Deletes the device, too.
        ip("netns", "del", namespace);
        SystemProcesses.run(
                "sh",
                "-c",
                "umount -R " + folder + "/data 2>/dev/null; umount " + folder + "/run/netns/* 2>/dev/null; rm -rf "
                        + folder);
    }
}
