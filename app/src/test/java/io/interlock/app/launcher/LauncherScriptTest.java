package io.interlock.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code bin/interlock} with stand-ins for Java, in a folder with blanks in its name. */
@Tag("unit")
class LauncherScriptTest {

    private static final Path SCRIPT = Path.of("src/main/dist/bin/interlock");

    @TempDir
    Path temp;

    private Path home;
    private Path jvms;
    private Path tools;
    private Path script;

    private record Ended(int code, List<String> out, String err) {}

    @BeforeEach
    void unpack() throws IOException {
        home = Files.createDirectories(temp.resolve("my interlock"));
        jvms = Files.createDirectories(temp.resolve("jvms"));
        tools = Files.createDirectories(temp.resolve("tools"));
        for (String tool : List.of("readlink", "dirname", "sed", "head")) {
            executable(tools.resolve(tool), "#!/bin/sh\nexec " + located(tool) + " \"$@\"\n");
        }
        // The script must not find the machine's own Java installations.
        script = executable(
                home.resolve("bin/interlock"), Files.readString(SCRIPT).replace("/usr/lib/jvm/*", jvms + "/*"));
    }

    @Test
    void theJavaOfJavaHomeComesFirst() throws Exception {
        Path chosen = java(temp.resolve("my java"), "25.0.1");
        java(jvms.resolve("other"), "26");
        Path lib = Files.createDirectories(home.resolve("lib"));
        Files.createFile(lib.resolve("b.jar"));
        Files.createFile(lib.resolve("a.jar"));

        assertThat(run(Map.of("JAVA_HOME", chosen.toString()), "-config", "a b").out())
                .startsWith("java of " + chosen)
                .endsWith(
                        "-Dinterlock.home=" + home,
                        "-cp",
                        lib + "/a.jar:" + lib + "/b.jar",
                        "io.interlock.app.Main",
                        "-config",
                        "a b");
    }

    @Test
    void aCacheOfClassesIsUsedByJavasThatHaveSuchCaches() throws Exception {
        Path cache = Files.createDirectories(home.resolve("lib")).resolve("interlock.aot");
        String option = "-XX:AOTCache=" + cache;
        Path chosen = java(jvms.resolve("a"), "25");

        assertThat(run(Map.of()).out()).startsWith("java of " + chosen).doesNotContain(option);

        Files.createFile(cache);
        assertThat(run(Map.of()).out()).startsWith("java of " + chosen).contains(option);

        Path older = java(temp.resolve("older"), "21");
        assertThat(run(Map.of("JAVA_HOME", older.toString())).out())
                .startsWith("java of " + older)
                .doesNotContain(option);
    }

    @Test
    void theJavaOnThePathComesNext() throws Exception {
        Path chosen = java(temp.resolve("path"), "21");
        java(jvms.resolve("other"), "26");

        assertThat(run(Map.of("PATH", tools + ":" + chosen.resolve("bin"))).out())
                .startsWith("java of " + chosen);
    }

    @Test
    void theNewestInstalledJavaComesLast() throws Exception {
        java(jvms.resolve("a"), "21.0.2");
        Path newest = java(jvms.resolve("b c"), "25-ea");
        java(jvms.resolve("z"), "1.8.0_392");

        assertThat(run(Map.of()).out()).startsWith("java of " + newest);
    }

    @Test
    void aJavaThatIsTooOldIsPassedOver() throws Exception {
        Path old = java(temp.resolve("old"), "17.0.15");
        Path older = java(temp.resolve("older"), "1.8.0_392");
        Path chosen = java(jvms.resolve("new"), "21");

        assertThat(run(Map.of("JAVA_HOME", old.toString(), "PATH", tools + ":" + older.resolve("bin")))
                        .out())
                .startsWith("java of " + chosen);
    }

    @Test
    void aJavaWithoutAReleaseFileIsAsked() throws Exception {
        Path chosen = java(temp.resolve("bare"), "22.0.1");
        Files.delete(chosen.resolve("release"));

        assertThat(run(Map.of("JAVA_HOME", chosen.toString())).out()).startsWith("java of " + chosen);
    }

    @Test
    void withoutASuitableJavaItSaysWhatIsMissingAndWhatWasFound() throws Exception {
        Path old = java(temp.resolve("old"), "17.0.15");
        java(jvms.resolve("old"), "11.0.2");

        Ended ended = run(Map.of("JAVA_HOME", temp + "/none", "PATH", tools + ":" + old.resolve("bin")));

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .isEqualTo(
                        "interlock: Java 21 or later is needed, found no Java (JAVA_HOME=" + temp + "/none), Java 17 ("
                                + old + "/bin/java on the PATH), Java 11 (" + jvms
                                + "/old/bin/java); install one (Debian 13, Ubuntu 24.04:"
                                + " openjdk-21-jre-headless; elsewhere, say, Eclipse Temurin) or set JAVA_HOME.\n");
    }

    @Test
    void withoutAnyJavaItSaysSo() throws Exception {
        assertThat(run(Map.of()).err()).startsWith("interlock: Java 21 or later is needed, found none;");
    }

    @Test
    void itWorksThroughLinks() throws Exception {
        java(jvms.resolve("a"), "21");
        Path bin = Files.createDirectories(temp.resolve("usr bin"));
        Path second = Files.createSymbolicLink(bin.resolve("second"), Path.of("../my interlock/bin/interlock"));
        script = Files.createSymbolicLink(bin.resolve("interlock"), second);

        assertThat(run(Map.of()).out()).contains("-Dinterlock.home=" + home);
    }

    @Test
    void furtherOptionsForJavaComeAfterItsOwn() throws Exception {
        java(jvms.resolve("a"), "21");

        assertThat(run(Map.of("INTERLOCK_JAVA_OPTS", "-Xmx1g  -Dx=y")).out())
                .containsSubsequence("-XX:+UseSerialGC", "-Xmx256m", "-Xmx1g", "-Dx=y", "io.interlock.app.Main");
    }

    @Test
    void theExitCodeIsThatOfJavaWhichTakesTheProcessOver() throws Exception {
        Path java = java(jvms.resolve("a"), "21");
        executable(java.resolve("bin/java"), "#!/bin/sh\necho $$\nexit 42\n");

        Process process = start(Map.of());
        List<String> out = lines(process);

        assertThat(process.waitFor()).isEqualTo(42);
        assertThat(out).containsExactly(Long.toString(process.pid()));
    }

    /** Creates a stand-in for Java that prints its place and its arguments. */
    private static Path java(Path folder, String version) throws IOException {
        executable(folder.resolve("bin/java"), """
                #!/bin/sh
                if [ "$1" = -version ]; then
                    echo 'openjdk version "%s" 2025-01-01' >&2
                    exit
                fi
                printf '%%s\\n' "java of %s" "$@"
                """.formatted(version, folder));
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return folder;
    }

    private Ended run(Map<String, String> environment, String... arguments) throws Exception {
        Process process = start(environment, arguments);
        List<String> out = lines(process);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, err);
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                .toList());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static List<String> lines(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static Path executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path located(String tool) {
        return Stream.of("/bin", "/usr/bin")
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
