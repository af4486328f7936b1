package io.interlock.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each guarantee of docs/security.md names tests that hold it, and these tests exist. */
@Tag("unit")
class SecurityGuaranteesTest {

    private static final Path PROJECT = Path.of("..");
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))`");

    @Test
    void eachGuaranteeNamesATest() throws IOException {
        assertThat(guarantees())
                .hasSizeGreaterThan(10)
                .allSatisfy(row -> assertThat(names(row)).as(row).isNotEmpty());
    }

    @Test
    void theNamedTestsExist() throws IOException {
        Set<String> tests = tests();

        assertThat(names(Files.readString(PROJECT.resolve("docs/security.md")))).allMatch(tests::contains);
    }

    /** The rows of the table, without its headings. */
    private static List<String> guarantees() throws IOException {
        return Files.readString(PROJECT.resolve("docs/security.md"))
                .lines()
                .dropWhile(line -> !line.startsWith("| guarantee"))
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| guarantee") && !line.startsWith("| **"))
                .toList();
    }

    private static List<String> names(String text) {
        return NAME.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.find(
                PROJECT,
                20,
                (path, attributes) -> path.toString().contains("/src/test/java/")
                        && path.toString().endsWith(".java"))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }
}
