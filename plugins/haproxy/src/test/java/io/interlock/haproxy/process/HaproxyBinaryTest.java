package io.interlock.haproxy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.testsupport.process.HaproxyBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("haproxy")
class HaproxyBinaryTest {

    @TempDir
    Path folder;

    @Test
    void theOneOfThisMachineIsFound() throws Exception {
        HaproxyBinary binary = HaproxyBinary.find(Optional.empty());

        assertThat(binary.path()).isExecutable();
        assertThat(binary.version().isAtLeast(HaproxyVersion.MINIMUM)).isTrue();
        assertThat(binary.hasThreads()).isTrue();
        assertThat(binary.features()).contains("EPOLL").doesNotContain("KQUEUE");
    }

    @Test
    void oneThatIsNotThereIsAskedFor() {
        assertThatThrownBy(() -> HaproxyBinary.find(Optional.of(folder.resolve("haproxy"))))
                .isInstanceOf(LoadBalancerUnavailableException.class)
                .hasMessageContainingAll(folder.toString(), "install HAProxy 2.4 or newer", "plugins.haproxy.binary");
    }

    @Test
    void eachOneThatThereIsToTestWithIsTaken() throws Exception {
        for (Path path : HaproxyBinaries.all()) {
            assertThat(HaproxyBinary.find(Optional.of(path)).hasThreads())
                    .as(path.toString())
                    .isTrue();
        }
    }

    /** First lines of the output of the versions in Debian 8 to 11. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    HA-Proxy version 1.5.8 2014/10/31                                           | 1.5 | 5
                    HA-Proxy version 1.7.5-2 2017/05/17                                         | 1.7 | 5
                    HA-Proxy version 1.8.19-1+deb10u3 2020/08/01                                | 1.8 | 4
                    HA-Proxy version 2.2.9-2+deb11u7 2025/04/23 - https://haproxy.org/          | 2.2 | 1
                    """)
    void oneThatIsTooOldIsRefusedWithWhatItLacks(String banner, String version, int missing) {
        assertThatThrownBy(() -> HaproxyBinary.parse(Path.of("/usr/sbin/haproxy"), banner))
                .isInstanceOf(LoadBalancerUnavailableException.class)
                .hasMessageContainingAll(
                        "/usr/sbin/haproxy is HAProxy " + version + ",",
                        "a reload resets no idle client (option idle-close-on-response), from 2.4 on",
                        "install HAProxy 2.4 or newer")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).split(", from ", -1))
                        .hasSize(missing + 1));
    }

    @Test
    void nothingIsMissingInTheOldestThatIsTaken() throws Exception {
        assertThat(HaproxyBinary.parse(Path.of("haproxy"), "HAProxy version 2.4.0-1 2021/05/14 - https://haproxy.org/")
                        .version())
                .isEqualTo(HaproxyVersion.MINIMUM);
    }

    @Test
    void oneWithoutThreadsIsKnown() throws Exception {
        assertThat(HaproxyBinary.parse(Path.of("haproxy"), """
                                HAProxy version 2.6.12-1+deb12u4 2025/04/23 - https://haproxy.org/
                                Feature list : +EPOLL -KQUEUE -THREAD +OPENSSL
                                """).hasThreads()).isFalse();
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
