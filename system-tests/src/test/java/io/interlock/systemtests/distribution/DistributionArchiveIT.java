package io.interlock.systemtests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.engine.LocalEngine;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.process.DistributionFiles;
import io.interlock.testsupport.process.SystemProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a host needs only the archive. */
@Tag("engine")
class DistributionArchiveIT {

    @TempDir
    Path folder;

    private final LocalEngine engine = LocalEngine.connect();
    private Path unpacked;

    @BeforeEach
    void unpack() throws Exception {
        unpacked = Files.createDirectory(folder.resolve("opt"));
        run(
                "tar",
                "-C",
                unpacked.toString(),
                "--strip-components",
                "1",
                "-xzf",
                archive().toString());
    }

    @AfterEach
    void removeEverything() {
        engine.close();
    }

    @Test
    void whatIsUnpackedServesContainersAndSaysWhatItIs() throws Exception {
        String host = UniqueHostNames.newHost();
        SampleContainer container = engine.sample().hostname(host).start();
        ConfigFileBuilder settings =
                ConfigFileBuilder.inNewFolder().engine("local", engine.address().toString());
        try (InterlockProcess interlock = InterlockProcess.start(settings, unpacked.resolve("bin/interlock"))
                .awaitApplied()) {
            interlock.awaitServedBy(container, host);
            assertThat(interlock.stop()).as(interlock.log()).isZero();
        }
        assertThat(run(unpacked.resolve("bin/interlock").toString(), "--version")
                        .output())
                .containsPattern("\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void nobodyButItsOwnerMayChangeWhatIsInItAndItsOwnerIsRoot() throws Exception {
        try (Stream<Path> files = Files.walk(unpacked)) {
            assertThat(files.toList())
                    .hasSizeGreaterThan(10)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .doesNotContain(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE)
                            .contains(PosixFilePermission.OTHERS_READ));
        }
        assertThat(run("tar", "-tvzf", archive().toString()).output().lines())
                .allMatch(line -> line.split(" +")[1].equals("root/root"));
    }

    @Test
    void itsUnitStartsWhatIsUnpackedWithoutPrivilegesToGain() throws Exception {
        assertThat(unpacked.resolve("systemd/interlock.service"))
                .content()
                .contains("ExecStart=/opt/interlock/bin/interlock", "NoNewPrivileges=true");
    }

    private static SystemProcesses.Outcome run(String... command) throws Exception {
        SystemProcesses.Outcome outcome = SystemProcesses.outcomeOf(new ProcessBuilder(command));
        assertThat(outcome.exitCode())
                .as(List.of(command) + ": " + outcome.output())
                .isZero();
        return outcome;
    }

    private static Path archive() throws Exception {
        try (Stream<Path> files = Files.list(DistributionFiles.projectFile("packaging/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("interlock-.*\\.tar\\.gz"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no archive; build it first: make build"));
        }
    }
}
