package io.interlock.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.interlock.app.config.key.ConfigKeyGroup;
import io.interlock.app.config.key.ConfigKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the documents about the configuration file, which are generated from the table of keys, agree with it. */
@Tag("unit")
class ConfigDocumentsTest {

    private static final Path REFERENCE = Path.of("..", "docs", "configuration.md");
    private static final Path SCHEMA = Path.of("..", "docs", "controller.schema.json");
    private static final Path EXAMPLES = Path.of("src/test/resources/config").toAbsolutePath();
    private static final String WRITE = "interlock.test.write";
    private static final String COMMAND =
            "mvn -pl app -am test -Dtest=ConfigDocumentsTest -D" + WRITE + " -Dsurefire.failIfNoSpecifiedTests=false";
    private static final Pattern TABLE =
            Pattern.compile("(<!-- keys: ([^>]*) -->\n).*?(<!-- end of keys -->)", Pattern.DOTALL);
    private static final Pattern VARIABLES =
            Pattern.compile("(<!-- variables -->\n).*?(<!-- end of variables -->)", Pattern.DOTALL);
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL);

    @Test
    void theReferenceHasTheTableOfEachSection() throws IOException {
        String reference = Files.readString(REFERENCE);

        requireUpToDate(
                REFERENCE,
                TABLE.matcher(reference)
                        .replaceAll(table -> Matcher.quoteReplacement(
                                table.group(1) + ConfigTables.of(table.group(2)) + table.group(3))));
        assertThat(TABLE.matcher(reference)
                        .results()
                        .flatMap(table -> Stream.of(table.group(2).split(" "))))
                .containsExactlyInAnyOrderElementsOf(
                        ConfigKeys.sections().stream().map(ConfigKeyGroup::path).toList());
    }

    @Test
    void theReferenceHasTheVariableOfEachKey() throws IOException {
        requireUpToDate(
                REFERENCE,
                VARIABLES
                        .matcher(Files.readString(REFERENCE))
                        .replaceAll(table ->
                                Matcher.quoteReplacement(table.group(1) + ConfigTables.variables() + table.group(2))));
    }

    @Test
    void theSchemaHasEachKey() throws IOException {
        requireUpToDate(SCHEMA, ConfigSchema.text());
    }

    private static void requireUpToDate(Path file, String generated) throws IOException {
        if (System.getProperty(WRITE) != null) {
            Files.writeString(file, generated);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s is not what the table of keys says; write it with: %s", file.normalize(), COMMAND)
                .isEqualTo(generated);
    }

    static Stream<String> validFiles() throws IOException {
        String reference = Files.readString(REFERENCE);
        return Stream.concat(
                Stream.of("sample.json", "no-keys.json").map(ConfigDocumentsTest::example),
                EXAMPLE.matcher(reference).results().map(match -> match.group(1)));
    }

    @ParameterizedTest
    @MethodSource("validFiles")
    void theSchemaTakesWhatTheReaderTakes(String document) throws IOException {
        assertThat(schema().validate(document, InputFormat.JSON)).isEmpty();
    }

    static Stream<String> wrongFiles() {
        return Stream.of(
                "wrong-types.json",
                "unknown-keys.json",
                "out-of-range.json",
                "engine-labels.json",
                "moved-keys.json",
                "plugins.json",
                "not-an-object.json");
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void theSchemaRefusesWrongTypesNumbersAndKeys(String file) throws IOException {
        assertThat(schema().validate(example(file), InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void theSchemaTakesEveryDefault() throws IOException {
        assertThat(schema().validate(new ObjectMapper().writeValueAsString(ConfigTables.defaults()), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void theReaderTakesEveryDefault() {
        assertThat(ConfigKeys.sections().stream()
                        .flatMap(section -> section.keys().stream())
                        .filter(key -> key.standard().value().isPresent()))
                .allSatisfy(key -> assertThat(key.standardValue()).isNotNull());
    }

    @Test
    void everyMeaningIsOneOrTwoSentences() {
        assertThat(ConfigKeys.sections().stream().flatMap(section -> section.keys().stream()))
                .allSatisfy(key -> assertThat(key.doc()).endsWith(".").hasSizeBetween(10, 240));
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
    }

    private static String example(String file) {
        try {
            return Files.readString(EXAMPLES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
