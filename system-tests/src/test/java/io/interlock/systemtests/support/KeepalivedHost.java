package io.interlock.systemtests.support;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.NamespaceEngine;
import io.interlock.testsupport.engine.NetworkSegment;
import io.interlock.testsupport.process.FileTrees;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Host in a test's own network, a network namespace, on which an Interlock, its proxy and keepalived run. */
public final class KeepalivedHost implements AutoCloseable {

    private static final int PORT = 80;
    private static final String FLAG = "/run/interlock-leaves";

    private final Path folder = Files.createTempDirectory("il-k");
    private final String namespace;
    private final String ip;
    private final String virtualIp;
    private final String engine;
    private final Process keepalived;
    private InterlockProcess interlock;

    /**
     * Starts everything; does not wait.
     *
     * @param number of the host, from 0
     * @param engine the address of the watched engine
     * @param configuration of keepalived
     */
    KeepalivedHost(NetworkSegment segment, int number, String engine, String configuration, String virtualIp)
            throws IOException {
        // keepalived's scripts do not run as root.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.engine = engine;
        this.virtualIp = virtualIp;
        this.namespace = "il" + ProcessHandle.current().pid() % 100_000 + "k" + number;
        NamespaceEngine.ip("netns", "add", namespace);
        NamespaceEngine.ip("-n", namespace, "link", "set", "lo", "up");
        this.ip = segment.join(namespace, number);
        this.interlock = launchInterlock();
        this.keepalived = launchKeepalived(configuration);
    }

    private Process launchKeepalived(String configuration) throws IOException {
        Path file = folder.resolve("keepalived.conf");
        Files.writeString(file, configuration.replace(FLAG, flag().toString()));
        return new ProcessBuilder(here(List.of(
                        "keepalived",
                        "--dont-fork",
                        "--log-console",
                        "--log-detail",
                        "--use-file=" + file,
                        // The default files allow only one keepalived for each host.
                        "--pid=" + folder.resolve("pid"),
                        "--vrrp_pid=" + folder.resolve("vrrp"),
                        "--checkers_pid=" + folder.resolve("checkers"))))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private InterlockProcess launchInterlock() throws IOException {
        ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder(PORT).engine("shared", engine);
        ProcessBuilder command =
                InterlockProcess.command("-config", settings.write().toString());
        return InterlockProcess.launch(settings, command.command(here(command.command())));
    }

    private List<String> here(List<String> command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace));
        all.addAll(command);
        return all;
    }

    private Path flag() {
        return folder.resolve("leaves");
    }

    /** Its own address, which does not move. */
    public String ip() {
        return ip;
    }

    /** Whether it has the address that moves. */
    public boolean hasVirtualIp() throws IOException {
        return SystemProcesses.run("ip", "-n", namespace, "-o", "addr", "show", "eth0")
                .contains(" " + virtualIp + "/");
    }

    /** Gives the address up, or takes it again, as the documentation describes. */
    public void leave(boolean leaves) throws IOException {
        if (leaves) {
            Files.createFile(flag());
        } else {
            Files.delete(flag());
        }
    }

    /** Stops Interlock with SIGTERM, and waits for its end. */
    public void stopInterlock() throws InterruptedException, IOException {
        int unused = interlock.stop();
        interlock.close();
    }

    /** Kills Interlock and its proxy with SIGKILL. */
    public void killInterlock() throws IOException {
        interlock.close();
    }

    /** Starts an Interlock again. */
    public void startInterlock() throws IOException {
        interlock = launchInterlock();
    }

    @Override
    public void close() throws IOException {
        keepalived.destroy();
        keepalived.onExit().join();
        interlock.close();
        // The namespace's device is deleted with it.
        NamespaceEngine.ip("netns", "del", namespace);
        FileTrees.remove(folder);
    }
}
