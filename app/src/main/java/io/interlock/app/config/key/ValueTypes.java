package io.interlock.app.config.key;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.config.key.WholeNumberType.Unit;
import io.interlock.app.config.value.FilePathParser;
import io.interlock.app.config.value.ParsedValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Creates the types of the values that keys accept. */
public final class ValueTypes {

    static final String PATH_OR_PEM = "path or PEM text";
    private static final int HIGHEST_PORT = 65_535;

    private ValueTypes() {}

    public static WholeNumberType<Integer> port() {
        return new WholeNumberType<>(1, HIGHEST_PORT, Optional.empty(), Math::toIntExact);
    }

    static WholeNumberType<Integer> count(int most, Unit unit) {
        return new WholeNumberType<>(1, most, Optional.of(unit), Math::toIntExact);
    }

    static WholeNumberType<Integer> count(int most) {
        return new WholeNumberType<>(1, most, Optional.empty(), Math::toIntExact);
    }

    static WholeNumberType<Long> size(long most, Unit unit) {
        return new WholeNumberType<>(1, most, Optional.of(unit), number -> number);
    }

    static WholeNumberType<Duration> milliseconds() {
        return new WholeNumberType<>(1, Integer.MAX_VALUE, Optional.of(Unit.MILLISECONDS), Duration::ofMillis);
    }

    static WholeNumberType<Duration> seconds(long most) {
        return new WholeNumberType<>(1, most, Optional.of(Unit.SECONDS), Duration::ofSeconds);
    }

    static WholeNumberType<Duration> secondsOrNone(long most) {
        return new WholeNumberType<>(0, most, Optional.of(Unit.SECONDS), Duration::ofSeconds);
    }

    static ValueType<Double> positiveNumber(long most) {
        return new PositiveNumberType(most);
    }

    static ValueType<Boolean> trueOrFalse() {
        return new BooleanType();
    }

    /** Type of any text that is not empty. */
    static ValueType<String> anyText(String expected) {
        return new TextType<>("text", expected, "", List.of(), (text, base) -> ParsedValue.good(text));
    }

    /** Type of texts with a grammar. */
    static <T> TextType<T> text(String expected, Function<String, ParsedValue<T>> parser) {
        return new TextType<>("text", expected, expected, List.of(), (text, base) -> parser.apply(text));
    }

    /** Type of a fixed set of texts, each of which stands for a value; in the order of the map. */
    static <T> ValueType<T> oneOf(Map<String, T> values) {
        List<String> quoted =
                values.keySet().stream().map(word -> '"' + word + '"').toList();
        String last = quoted.getLast();
        String expected = String.join(", ", quoted.subList(0, quoted.size() - 1)) + " or " + last;
        String range = quoted.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
        return new TextType<>(
                "text",
                expected,
                range,
                List.copyOf(values.keySet()),
                (text, base) -> Optional.ofNullable(values.get(text))
                        .map(ParsedValue::good)
                        .orElseGet(() -> ParsedValue.bad(expected)));
    }

    /** Returns two texts in order, each with the value that it stands for. */
    static <T> Map<String, T> words(String one, T first, String two, T second) {
        Map<String, T> words = new LinkedHashMap<>();
        words.put(one, first);
        words.put(two, second);
        return words;
    }

    /** Returns three texts in order, each with the value that it stands for. */
    static <T> Map<String, T> words(String one, T first, String two, T second, String three, T third) {
        Map<String, T> words = words(one, first, two, second);
        words.put(three, third);
        return words;
    }

    /** Type of paths of files or folders that a check accepts. */
    static ValueType<Path> path(String expected, Function<Path, ParsedValue<Path>> check) {
        return new TextType<>(
                "path",
                expected,
                "",
                List.of(),
                (text, base) -> FilePathParser.parse(text, base).then(check));
    }

    /** Type of a text that is a path or the content itself; returned as written. */
    static ValueType<String> pathOrPem(String expected) {
        return new TextType<>(PATH_OR_PEM, expected, "", List.of(), (text, base) -> ParsedValue.good(text));
    }

    static <T> ValueType<List<T>> listOf(ValueType<T> element) {
        return new ListType<>(element);
    }

    public static ValueType<ConfigSection> object(ConfigKeyGroup keys) {
        return new ObjectType(keys);
    }

    private record PositiveNumberType(long most) implements ValueType<Double> {
        @Override
        public String label() {
            return "number";
        }

        @Override
        public String range() {
            return "greater than 0, at most " + most;
        }

        @Override
        public ObjectNode schema() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "number")
                    .put("exclusiveMinimum", 0)
                    .put("maximum", most);
        }

        @Override
        public Optional<Double> read(ConfigValue value) {
            double number = value.node().asDouble();
            boolean good = value.node().isNumber() && number > 0 && number <= most;
            return good ? Optional.of(number) : value.wrong("a number greater than 0, at most " + most);
        }
    }

    private record BooleanType() implements ValueType<Boolean> {
        @Override
        public String label() {
            return "true or false";
        }

        @Override
        public ObjectNode schema() {
            return JsonNodeFactory.instance.objectNode().put("type", "boolean");
        }

        @Override
        public Optional<Boolean> read(ConfigValue value) {
            return value.node().isBoolean() ? Optional.of(value.node().booleanValue()) : value.wrong("true or false");
        }
    }

    private record ListType<T>(ValueType<T> element) implements ValueType<List<T>> {
        @Override
        public String label() {
            return element.isText() ? "list of texts" : "list of objects";
        }

        @Override
        public String range() {
            return element.range().isEmpty() ? "" : "each " + element.range();
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
            schema.set("items", element.schema());
            return schema;
        }

        @Override
        public Optional<List<T>> read(ConfigValue value) {
            if (!value.node().isArray()) {
                return value.wrong("a " + label());
            }
            List<T> elements = new ArrayList<>();
            for (int i = 0; i < value.node().size(); i++) {
                readElement(value.element(i)).ifPresent(elements::add);
            }
            return Optional.of(elements);
        }

        private Optional<T> readElement(ConfigValue value) {
            return element.isText() && !value.node().isTextual() ? value.wrong("a text") : element.read(value);
        }
    }

    private record ObjectType(ConfigKeyGroup keys) implements ValueType<ConfigSection> {
        @Override
        public String label() {
            return "object";
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
            ObjectNode properties = schema.putObject("properties");
            keys.keys().forEach(key -> properties.set(key.name(), schema(key)));
            return schema.put("additionalProperties", false);
        }

        private static ObjectNode schema(ConfigKey<?> key) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode().put("description", key.doc());
            schema.setAll(key.type().schema());
            key.standard().value().ifPresent(value -> schema.set("default", value));
            return schema;
        }

        @Override
        public Optional<ConfigSection> read(ConfigValue value) {
            return value.section(keys);
        }
    }
}
