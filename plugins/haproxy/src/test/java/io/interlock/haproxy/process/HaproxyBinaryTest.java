package io.interlock.haproxy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.haproxy.render.HaproxyVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaproxyBinaryTest {

    @TempDir
    Path folder;

    @Test
    void theOneOfThisMachineIsFound() throws Exception {
        HaproxyBinary binary = HaproxyBinary.find(Optional.empty());

        assertThat(binary.path()).isExecutable();
        assertThat(binary.version().isAtLeast(HaproxyVersion.MINIMUM)).isTrue();
    }

    @Test
    void oneThatIsNotThereIsAskedFor() {
        assertThatThrownBy(() -> HaproxyBinary.find(Optional.of(folder.resolve("haproxy"))))
                .isInstanceOf(LoadBalancerUnavailableException.class)
                .hasMessageContainingAll(folder.toString(), "install HAProxy 2.4 or newer", "plugins.haproxy.binary");
    }

    @Test
    void oneThatIsTooOldIsRefusedWithItsVersion() throws IOException {
        Path old = program("echo 'HA-Proxy version 1.8.19-1+deb10u3 2020/08/01'");

        assertThatThrownBy(() -> HaproxyBinary.find(Optional.of(old)))
                .isInstanceOf(LoadBalancerUnavailableException.class)
                .hasMessageContainingAll(old.toString(), "1.8", "install HAProxy 2.4 or newer");
    }

    @Test
    void aProgramThatIsNoHaproxyIsRefused() throws IOException {
        Path other = program("echo 'nginx version: nginx/1.22.1'");

        assertThatThrownBy(() -> HaproxyBinary.find(Optional.of(other)))
                .isInstanceOf(LoadBalancerUnavailableException.class)
                .hasMessageContainingAll(other.toString(), "does not tell the version");
    }

    private Path program(String script) throws IOException {
        Path program = Files.createFile(
                folder.resolve("program"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    }
}
