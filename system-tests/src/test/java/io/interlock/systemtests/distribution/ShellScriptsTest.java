package io.interlock.systemtests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testsupport.process.DistributionFiles;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the shell scripts that people start, so that their errors are found before they run. */
@Tag("engine")
class ShellScriptsTest {

    static Stream<Path> scripts() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("scripts", ".ci", "packaging/image", "app/src/main/dist")) {
            try (Stream<Path> scripts = Files.walk(DistributionFiles.projectFile(folder))) {
                scripts.filter(Files::isRegularFile)
                        .filter(file ->
                                Files.isExecutable(file) || file.toString().endsWith(".sh") || folder.equals(".ci"))
                        .forEach(files::add);
            }
        }
        return files.stream();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyScriptCanBeParsed(Path script) throws IOException {
        SystemProcesses.Outcome outcome =
                SystemProcesses.outcomeOf(new ProcessBuilder(shellOf(script), "-n", script.toString()));

        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void shellcheckFindsNothing(Path script) throws IOException {
        assertThat(SystemProcesses.outcomeOf(new ProcessBuilder("bash", "-c", "command -v shellcheck"))
                        .exitCode())
                .as("shellcheck is needed: install the package shellcheck, or run make test, which does")
                .isZero();

        // A single file does not show the variables that lib.sh exchanges with the other scripts.
        SystemProcesses.Outcome outcome = SystemProcesses.outcomeOf(new ProcessBuilder(
                "shellcheck",
                "--shell=" + shellOf(script),
                "--exclude=SC1091,SC2034,SC2154",
                "--severity=warning",
                script.toString()));

        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
    }

    private static String shellOf(Path script) throws IOException {
        return Files.readString(script).startsWith("#!/bin/sh") ? "sh" : "bash";
    }
}
