package io.interlock.systemtests.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that Interlock exits and names the software to install if no usable HAProxy exists. */
@Tag("engine")
class UnusableHaproxyIT {

    @TempDir
    Path folder;

    @Test
    void anHaproxyThatIsNotThereIsToBeInstalled() throws Exception {
        assertRefused(folder.resolve("no-haproxy"), "is not a program that can be run");
    }

    @Test
    void anHaproxyThatIsTooOldIsToBeReplaced() throws Exception {
        assertRefused(program("echo 'HA-Proxy version 1.8.8-1ubuntu0.13 2022/01/01'"), "is HAProxy 1.8");
    }

    @Test
    void aProgramThatIsNoHaproxyIsNotTakenForOne() throws Exception {
        assertRefused(program("echo 'something else 2.6'"), "does not tell the version of an HAProxy");
    }

    private Path program(String line) throws IOException {
        Path program = Files.writeString(folder.resolve("haproxy"), "#!/bin/sh\n" + line + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void assertRefused(Path haproxy, String reason) throws Exception {
        // The engine does not exist: it must not matter.
        ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder()
                .engine("local", "unix:///no/engine.sock")
                .with(file -> file.putObject("plugins").putObject("haproxy").put("binary", haproxy.toString()));

        try (InterlockProcess interlock = InterlockProcess.start(settings)) {
            assertThat(interlock.awaitExit()).as(interlock.log()).isEqualTo(1);
            assertThat(interlock.log().lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains(
                                    haproxy + " " + reason, "install HAProxy 2.4 or newer", "apt-get install haproxy"));
            interlock.assertNothingLeft();
            assertThat(settings.proxyConfig()).doesNotExist();
        }
    }
}
