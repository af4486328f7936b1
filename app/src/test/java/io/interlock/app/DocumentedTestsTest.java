package io.interlock.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each guarantee of docs/security.md and each limit of docs/limits.md names tests that hold it, and these exist. */
@Tag("unit")
class DocumentedTestsTest {

    private static final int TEST = 6;
    private static final Path PROJECT = Path.of("..");
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))`");

    @Test
    void eachGuaranteeNamesATest() throws IOException {
        List<String> guarantees = lines("security.md")
                .dropWhile(line -> !line.startsWith("| guarantee"))
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| guarantee") && !line.startsWith("| **"))
                .toList();

        assertThat(guarantees)
                .hasSizeGreaterThan(10)
                .allSatisfy(row -> assertThat(names(row)).as(row).isNotEmpty());
    }

    @Test
    void eachLimitNamesATestInItsLastColumn() throws IOException {
        List<String> rows =
                lines("limits.md").filter(line -> line.startsWith("| ")).toList();
        List<String> headings = rows.stream()
                .filter(row -> row.startsWith("| what "))
                .distinct()
                .toList();

        assertThat(headings).containsExactly("| what | for one | for all | key | beyond it | test |");
        assertThat(rows)
                .hasSizeGreaterThan(60)
                .allSatisfy(row -> assertThat(cells(row))
                        .as(row)
                        .hasSize(cells(headings.getFirst()).size()))
                .filteredOn(row -> !headings.contains(row))
                .allSatisfy(
                        row -> assertThat(names(cells(row).get(TEST))).as(row).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"security.md", "limits.md"})
    void theNamedTestsExist(String document) throws IOException {
        Set<String> tests = tests();

        assertThat(names(lines(document).collect(Collectors.joining("\n")))).allMatch(tests::contains);
    }

    private static Stream<String> lines(String document) throws IOException {
        return Files.readString(PROJECT.resolve("docs").resolve(document)).lines();
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
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
