package io.interlock.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules for names and sizes of source files: see CONTRIBUTING.md. */
@Tag("unit")
class SourceNamesTest {

    private static final Path PROJECT = Path.of("..");
    private static final int MOST_FILES_IN_A_PACKAGE = 20;
    private static final int MOST_LINES = 300;
    private static final Pattern TWO_WORDS = Pattern.compile("[A-Z][a-z0-9]+([A-Z][A-Za-z0-9]*)+");

    /** Nouns of the field that need no second word. */
    private static final Set<String> ONE_WORD = Set.of(
            "Backend",
            "Capability",
            "Certificate",
            "Credentials",
            "Deadline",
            "Experimental",
            "Explanation",
            "Finding",
            "Interlock",
            "Inventory",
            "Main",
            "Omission",
            "Pipeline",
            "Problem",
            "Reachability",
            "Route",
            "Server",
            "Sha256",
            "Tokens",
            "Topology");

    /** Packages of the API whose types depend on each other so that a split would make private ones public. */
    private static final Set<String> LARGE_PACKAGES = Set.of("api/src/main/java/io/interlock/api/topology");

    /** Tables, a sealed set of records and a contract: each is one list that a split would hide. */
    private static final Set<String> LONG_CLASSES =
            Set.of("ApplyContract", "BackendPolicy", "ConfigKeys", "ContainerField");

    @Test
    void aSimpleNameExistsOnce() throws IOException {
        Map<String, Set<Path>> filesByName = new TreeMap<>();
        for (Path file : sources()) {
            filesByName.computeIfAbsent(name(file), any -> new TreeSet<>()).add(file);
        }

        assertThat(filesByName).hasSizeGreaterThan(500);
        filesByName.values().removeIf(files -> files.size() == 1);
        assertThat(filesByName).isEmpty();
    }

    @Test
    void aNameSaysWhatAndInWhichRole() throws IOException {
        assertThat(sources().stream().map(SourceNamesTest::name))
                .allMatch(name -> TWO_WORDS.matcher(name).matches() || ONE_WORD.contains(name));
    }

    @Test
    void theListOfSingleWordsHoldsNoOthers() throws IOException {
        assertThat(sources().stream().map(SourceNamesTest::name)).containsAll(ONE_WORD);
    }

    @Test
    void aPackageFitsOnAScreen() throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        for (Path file : sources()) {
            if (file.toString().contains("/src/main/")) {
                files.merge(PROJECT.relativize(file.getParent()).toString(), 1, Integer::sum);
            }
        }
        files.keySet().removeAll(LARGE_PACKAGES);

        assertThat(files).allSatisfy((folder, count) -> assertThat(count).isLessThanOrEqualTo(MOST_FILES_IN_A_PACKAGE));
    }

    @Test
    void aMainClassHasNoMoreThan300Lines() throws IOException {
        for (Path file : sources()) {
            if (file.toString().contains("/src/main/")
                    && !file.toString().contains("/test-support/")
                    && !LONG_CLASSES.contains(name(file))) {
                assertThat(Files.readAllLines(file).size()).as(file.toString()).isLessThanOrEqualTo(MOST_LINES);
            }
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            return files.filter(file -> file.toString().matches(".*/src/[a-z-]+/java/.*\\.java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    // The examples are written from the templates, and have the same names.
                    .filter(file -> !file.startsWith(PROJECT.resolve("sdk/templates")))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList();
        }
    }
}
