package io.interlock.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/architecture.md names files and packages that exist, and all packages of the application. */
@Tag("unit")
class ChangeGuideTest {

    private static final Path PROJECT = Path.of("..");
    private static final Path SOURCES = PROJECT.resolve("app/src/main/java/io/interlock");
    private static final Pattern STEP = Pattern.compile("(?m)^[0-9]+\\. `([^`]+)`: ");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\| `(app[a-z.]*)` \\|");

    @Test
    void theFilesThatChangeTogetherExist() throws IOException {
        List<String> files = matches(STEP);

        assertThat(files)
                .hasSizeGreaterThan(30)
                .allSatisfy(file -> assertThat(PROJECT.resolve(file)).exists());
    }

    @Test
    void theMapShowsThePackagesThatThereAre() throws IOException {
        Set<String> packages;
        try (Stream<Path> folders = Files.walk(SOURCES.resolve("app"))) {
            packages = folders.filter(folder -> Files.exists(folder.resolve("package-info.java")))
                    .map(folder -> SOURCES.relativize(folder).toString().replace('/', '.'))
                    // The sub-packages of these are explained with them.
                    .filter(name -> !name.startsWith("app.config.") && !name.startsWith("app.plugin."))
                    .filter(name -> !name.equals("app.status.explain"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(new TreeSet<>(matches(PACKAGE))).isEqualTo(packages);
    }

    private static List<String> matches(Pattern pattern) throws IOException {
        String map = Files.readString(PROJECT.resolve("docs/architecture.md"));
        return pattern.matcher(map)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
