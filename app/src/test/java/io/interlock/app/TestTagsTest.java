package io.interlock.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that every test class has one of the tags by which tests are selected (CONTRIBUTING.md). A class without a tag
 * would never run, or would run with the wrong selection.
 */
@Tag("unit")
class TestTagsTest {

    private static final Path PROJECT = Path.of("..");
    private static final Pattern TESTS = Pattern.compile("@(Test|ParameterizedTest|TestFactory|ArchTest)\\b");
    private static final Pattern LANE = Pattern.compile("(?m)^@Tag\\(\"(unit|haproxy|engine)\"\\)$");

    @Test
    void everyClassOfTestsHasOneLane() throws IOException {
        List<Path> classes = testClasses();

        assertThat(classes)
                .hasSizeGreaterThan(100)
                .allSatisfy(file -> assertThat(
                                LANE.matcher(Files.readString(file)).results().count())
                        .as("%s has one of @Tag(\"unit\"), @Tag(\"haproxy\"), @Tag(\"engine\") on its class", file)
                        .isEqualTo(1));
    }

    @Test
    void classesOfTestsHaveTheNamesThatMavenLooksFor() throws IOException {
        assertThat(testClasses())
                .allSatisfy(file -> assertThat(file.getFileName().toString())
                        .as(file.toString())
                        .matches(".*(Test|IT)\\.java"));
    }

    private static List<Path> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT)) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    // Projects of plugins' authors: their parent selects tests by name.
                    .filter(file -> !file.startsWith(PROJECT.resolve("examples")))
                    .filter(file -> !file.startsWith(PROJECT.resolve("sdk/templates")))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(TestTagsTest::holdsTests)
                    .toList();
        }
    }

    private static boolean holdsTests(Path file) {
        try {
            String text = Files.readString(file);
            return TESTS.matcher(text).find() && !text.contains("abstract class");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
