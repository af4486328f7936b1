package io.interlock.app.docker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class SocketAccessTest {

    @TempDir
    Path folder;

    @Test
    void aSocketThatIsThereAndMayBeUsedPasses() throws IOException {
        Path socket = folder.resolve("engine.sock");
        try (ServerSocketChannel engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            engine.bind(UnixDomainSocketAddress.of(socket));

            assertThatCode(() -> SocketAccess.check(socket, true)).doesNotThrowAnyException();
        }
    }

    @Test
    void aSocketThatWasNotMountedIsToldWithTheOptionThatMountsIt() {
        Path socket = folder.resolve("none.sock");

        assertThatThrownBy(() -> SocketAccess.check(socket, true))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no " + socket + " in this container; start it with -v " + socket + ":" + socket);
        assertThatThrownBy(() -> SocketAccess.check(socket, false))
                .hasMessage("there is no " + socket + "; is the engine running, and is this its address?");
    }

    @Test
    void aSocketThatItsEngineHasReplacedIsToldWithWhatToDo() throws IOException {
        Path file = folder.resolve("engine.sock");
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // As with a mounted file, this path leads to the file even when its last name is gone.
            Path mounted = descriptorOf(file);
            Files.delete(file);

            assertThat(open.isOpen()).isTrue();
            assertThatThrownBy(() -> SocketAccess.check(mounted, true))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has replaced " + mounted)
                    .hasMessageContaining("restart the container, and mount the folder");
        }
    }

    private static Path descriptorOf(Path file) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(descriptor -> isLinkTo(file, descriptor))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean isLinkTo(Path file, Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void aSocketOfAnotherGroupIsToldWithWhatToPass() {
        Path socket = Path.of("/var/run/docker.sock");

        assertThat(SocketAccess.forbidden(socket, "docker", 998, true))
                .isEqualTo(
                        "/var/run/docker.sock may only be used by group 998; start the container with --group-add 998");
        assertThat(SocketAccess.forbidden(socket, "docker", 998, false))
                .isEqualTo(
                        "/var/run/docker.sock may only be used by group docker (998); add the user that Interlock runs as"
                                + " to it");
    }
}
