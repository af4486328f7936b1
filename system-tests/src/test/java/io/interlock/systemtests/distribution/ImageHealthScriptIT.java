package io.interlock.systemtests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.process.DistributionFiles;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the image's health check in a mount namespace, which is what a container's mounts are. */
@Tag("engine")
class ImageHealthScriptIT {

    private static final String REPLACED = "the engine has replaced ";

    @TempDir
    private Path folder;

    @Test
    void aMountedSocketThatItsEngineReplacesIsUnhealthy() throws IOException {
        assertThat(health("rm \"$1\"").output()).startsWith(REPLACED + folder.resolve("mounted.sock"));
        assertThat(health("rm \"$1\"").exitCode()).isEqualTo(1);
    }

    @Test
    void aMountedSocketThatStaysIsNot() throws IOException {
        assertThat(health(":").output()).doesNotContain(REPLACED);
    }

    @Test
    void aMountedFileThatAnEditorReplacesIsNot() throws IOException {
        assertThat(health("touch a b; mount --bind a b; rm a").output()).doesNotContain(REPLACED);
    }

    /** Mounts a socket as a file, runs a command with the socket's own path as argument, then the health check. */
    private SystemProcesses.Outcome health(String command) throws IOException {
        Path socket = folder.resolve("engine.sock");
        Path mounted = folder.resolve("mounted.sock");
        Files.deleteIfExists(socket);
        Files.deleteIfExists(mounted);
        Files.createFile(mounted);
        try (ServerSocketChannel engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket));
            return SystemProcesses.outcomeOf(new ProcessBuilder(
                            "unshare",
                            "--mount",
                            "bash",
                            "-c",
                            "mount --bind \"$1\" \"$2\" && { " + command + "; } && exec bash \"$3\"",
                            "bash",
                            socket.toString(),
                            mounted.toString(),
                            DistributionFiles.projectFile("packaging/image/health")
                                    .toString())
                    .directory(folder.toFile()));
        }
    }
}
