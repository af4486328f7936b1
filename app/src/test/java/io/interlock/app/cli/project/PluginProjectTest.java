package io.interlock.app.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.cli.project.PluginProjectCommand.Outcome;
import io.interlock.app.cli.project.PluginProjectCommand.Request;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests {@code plugins new}. The projects that it writes are the examples of this repository, which the system tests build. */
@Tag("unit")
class PluginProjectTest {

    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final int MOST_LINES_OF_A_POM = 19;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** With {@code -Dinterlock.test.write} the examples are written anew. */
    @ParameterizedTest
    @CsvSource({
        "routes-file, load-balancer",
        "stats-file, stats-sink",
        "host-label, label-dialect",
        "zone-file, dns-provider"
    })
    void theExamplesAreWhatTheTemplatesGive(String name, String kind) throws IOException {
        Path project = folder.resolve(name);
        assertThat(make(name, kind, Optional.empty(), project)).isEqualTo(Outcome.CREATED);

        if (System.getProperty("interlock.test.write") != null) {
            write(texts(project), EXAMPLES.resolve(name));
        }
        assertThat(texts(project)).isEqualTo(texts(EXAMPLES.resolve(name)));
        assertThat(Files.isExecutable(project.resolve("run"))).isTrue();
    }

    @Test
    void eachKindHasAnExample() {
        assertThat(PluginTemplate.KINDS)
                .containsExactlyInAnyOrder("load-balancer", "stats-sink", "label-dialect", "dns-provider");
    }

    @ParameterizedTest
    @ValueSource(strings = {"load-balancer", "stats-sink", "label-dialect", "dns-provider"})
    void aPomHasLessThan20LinesAndNoPlaceholderIsLeft(String kind) throws IOException {
        Path project = folder.resolve("project");
        assertThat(make("my-plugin", kind, Optional.of("org.acme.mine"), project))
                .isEqualTo(Outcome.CREATED);

        SortedMap<String, String> texts = texts(project);
        assertThat(texts.getOrDefault("pom.xml", "").lines()).hasSizeBetween(5, MOST_LINES_OF_A_POM);
        assertThat(texts).anySatisfy((name, text) -> assertThat(name).startsWith("src/test/java/org/acme/mine/"));
        texts.remove("run");
        assertThat(texts.values())
                .noneMatch(text -> text.contains("${"))
                .noneMatch(text -> text.contains("com.example"));
    }

    @Test
    void theOutputNamesTheNextThreeCommands() throws IOException {
        make("my-plugin", "stats-sink", Optional.empty(), folder.resolve("mine"));

        assertThat(out.toString().lines().filter(line -> line.startsWith("  ")))
                .containsExactly("  cd " + folder.resolve("mine"), "  mvn verify", "  ./run");
        assertThat(out.toString()).contains("target/my-plugin-1.0.0.jar");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path project = Files.createDirectory(folder.resolve("mine"));
        Files.writeString(project.resolve("pom.xml"), "kept");

        assertThat(make("my-plugin", "stats-sink", Optional.empty(), project)).isEqualTo(Outcome.REFUSED);

        assertThat(texts(project)).isEqualTo(Map.of("pom.xml", "kept"));
        assertThat(err.toString()).contains("exists already").contains(project.toString());
        Path file = Files.writeString(folder.resolve("file"), "kept");
        assertThat(make("my-plugin", "stats-sink", Optional.empty(), file)).isEqualTo(Outcome.REFUSED);
        assertThat(make("my-plugin", "stats-sink", Optional.empty(), file.resolve("below")))
                .isEqualTo(Outcome.REFUSED);
        assertThat(Files.readString(file)).isEqualTo("kept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "A", "a/b", "../a", "1a", "a-", "a b", "a\nb", "${x}", "new", "é"})
    void aNameThatCannotBeUsedIsRefused(String name) throws IOException {
        assertThat(make(name, "stats-sink", Optional.empty(), folder.resolve("x")))
                .isEqualTo(Outcome.INVALID);
        assertThat(folder.resolve("x")).doesNotExist();
        assertThat(err.toString()).startsWith("interlock: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "a.class", "A", "a-b", "1", "a/b", "a;b"})
    void aPackageThatJavaDoesNotHaveIsRefused(String name) throws IOException {
        assertThat(make("mine", "stats-sink", Optional.of(name), folder.resolve("x")))
                .isEqualTo(Outcome.INVALID);
        assertThat(err.toString()).contains("--package");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sink", "common", "../common"})
    void anUnknownKindIsRefusedAndTheKindsAreNamed(String kind) throws IOException {
        assertThat(make("mine", kind, Optional.empty(), folder.resolve("x"))).isEqualTo(Outcome.INVALID);
        assertThat(err.toString()).contains(PluginTemplate.KINDS);
    }

    private Outcome make(String name, String kind, Optional<String> javaPackage, Path directory) {
        return new PluginProjectCommand(new PrintWriter(out, true), new PrintWriter(err, true), "2.0.0-SNAPSHOT")
                .make(new Request(name, kind, javaPackage, Optional.of(directory)));
    }

    private static SortedMap<String, String> texts(Path project) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(project)) {
            List<Path> all = files.filter(Files::isRegularFile)
                    .filter(file -> !project.relativize(file).startsWith("target"))
                    .toList();
            for (Path file : all) {
                texts.put(project.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }

    private static void write(SortedMap<String, String> texts, Path project) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = project.resolve(text.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.getValue());
            if (!file.toFile().setExecutable(text.getValue().startsWith("#!"))) {
                throw new IOException("cannot be made executable: " + file);
            }
        }
    }
}
