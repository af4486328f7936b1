package io.interlock.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.config.key.ConfigKey;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.problem.ConfigLocation;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.config.reader.CommandLineOverrides;
import io.interlock.app.config.reader.ConfigReader;
import io.interlock.app.config.reader.ProcessEnvironment;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that each key refuses each kind of value that it does not accept, at the value's line, in words without Java in
 * them.
 */
@Tag("unit")
class ConfigKeysTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern JAVA = Pattern.compile(
            "\\bint\\b|\\blong\\b|Integer|\\bLong\\b|Double|Boolean|String|java|Node|Exception|null pointer");

    /** Keys that accept any text. */
    private static final Set<String> FREE = Set.of(
            "$.filter.label",
            "$.filter.name",
            "$.filter.engine_labels",
            "$.ownership[].who.label",
            "$.engines[].ssl_cert");

    @TempDir
    Path folder;

    /**
     * Key with a value that it does not accept.
     *
     * @param at the JSON path of the problem
     */
    record WrongKeyValue(ConfigKey<?> key, JsonNode value, String at) {
        @Override
        public String toString() {
            return key.path() + ": " + value;
        }
    }

    static Stream<ConfigKey<?>> keys() {
        return ConfigKeys.sections().stream().flatMap(section -> section.keys().stream());
    }

    static Stream<WrongKeyValue> wrongValues() {
        return keys().flatMap(key -> {
            String path = key.path().replace("[]", "[0]");
            return Stream.concat(
                    wrong(key.type().schema(), free(key)).map(value -> new WrongKeyValue(key, value, path)),
                    key.type().schema().has("items")
                            ? wrong(key.type().schema().path("items"), free(key))
                                    .map(value -> new WrongKeyValue(
                                            key, JSON.arrayNode().add(value), path + "[0]"))
                            : Stream.of());
        });
    }

    private static boolean free(ConfigKey<?> key) {
        return FREE.contains(key.path());
    }

    private static Stream<JsonNode> wrong(JsonNode schema, boolean free) {
        List<JsonNode> wrong = new ArrayList<>(List.of(JSON.nullNode()));
        String type = schema.has("enum") ? "string" : schema.path("type").asText();
        if (!type.equals("string")) {
            wrong.add(JSON.textNode("x"));
        } else if (!free) {
            wrong.add(JSON.textNode("no\nvalue \u001b[31m"));
        }
        if (!type.equals("integer") && !type.equals("number")) {
            wrong.add(JSON.numberNode(2.5));
            wrong.add(JSON.numberNode(7));
        } else {
            wrong.add(JSON.numberNode(schema.path("minimum").asLong(1) - 1));
            wrong.add(JSON.numberNode(schema.path("maximum").asLong() + 1));
            wrong.add(MAPPER.getNodeFactory().numberNode(new BigInteger("123456789012345678901234567890")));
        }
        if (type.equals("integer")) {
            wrong.add(JSON.numberNode(2.5));
        }
        if (!type.equals("boolean")) {
            wrong.add(JSON.booleanNode(true));
        }
        if (!type.equals("array")) {
            wrong.add(JSON.arrayNode());
        }
        if (!type.equals("object")) {
            wrong.add(JSON.objectNode());
        }
        return wrong.stream();
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void aWrongValueIsToldAtItsLineAndWithoutJava(WrongKeyValue wrong) throws IOException {
        ObjectNode file = JSON.objectNode();
        holder(file, wrong.key()).set(wrong.key().name(), wrong.value());

        assertThat(problems(file))
                .filteredOn(problem -> place(problem).jsonPath().equals(wrong.at()))
                .isNotEmpty()
                .allSatisfy(problem -> {
                    assertThat(place(problem).position().line()).isEqualTo(line(file, wrong.key()));
                    assertThat(problem.expected() + problem.found())
                            .doesNotContainPattern(JAVA)
                            .isNotBlank();
                    assertThat(problem.toString().chars()).noneMatch(Character::isISOControl);
                });
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aMisspeltKeyIsToldWithTheKeyThatWasMeant(ConfigKey<?> key) throws IOException {
        String misspelt = key.name() + "s_";
        ObjectNode file = JSON.objectNode();
        ObjectNode holder = holder(file, key);
        holder.set(misspelt, JSON.nullNode());
        holder.set("no such key", JSON.nullNode());
        String section = key.path().substring(0, key.path().lastIndexOf('.')).replace("[]", "[0]");

        assertThat(problems(file))
                .extracting(problem -> place(problem).jsonPath(), ConfigProblem::hint)
                .contains(
                        tuple(section + "." + misspelt, Optional.of("did you mean \"" + key.name() + "\"?")),
                        tuple(section + "['no such key']", Optional.empty()));
    }

    /** The object that has the key, with all objects around it. */
    private static ObjectNode holder(ObjectNode file, ConfigKey<?> key) {
        ObjectNode holder = file;
        String[] steps = key.path().split("\\.");
        for (String step : List.of(steps).subList(1, steps.length - 1)) {
            holder = step.endsWith("[]")
                    ? holder.withArray(step.substring(0, step.length() - 2)).addObject()
                    : holder.putObject(step);
        }
        return holder;
    }

    private List<ConfigProblem> problems(ObjectNode file) throws IOException {
        Files.writeString(folder.resolve("f.json"), text(file));
        ConfigResult result = new ConfigReader(new ProcessEnvironment(Map.of(), folder, Optional.empty(), true))
                .read(Optional.of(Path.of("f.json")), CommandLineOverrides.NONE);
        assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
        return ((ConfigResult.Invalid) result).problems();
    }

    private static String text(ObjectNode file) throws IOException {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(file);
    }

    private static int line(ObjectNode file, ConfigKey<?> key) throws IOException {
        List<String> lines = text(file).lines().toList();
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).contains("\"" + key.name() + "\"")) {
                return i + 1;
            }
        }
        throw new AssertionError("no line with " + key.name());
    }

    private static ConfigLocation.InFile place(ConfigProblem problem) {
        return (ConfigLocation.InFile) problem.place();
    }
}
