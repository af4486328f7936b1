package io.interlock.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One object of the configuration file, asked for its values. Whatever is not as expected becomes a problem, and the
 * value empty, so that the rest can be looked at too.
 */
final class Section {

    private final ObjectNode node;
    private final String path;
    private final Locations locations;
    private final Problems problems;

    Section(ObjectNode node, String path, Locations locations, Problems problems) {
        this.node = node;
        this.path = path;
        this.locations = locations;
        this.problems = problems;
    }

    Place place(String key) {
        return locations.of(JsonPaths.member(path, key));
    }

    /** Whether one of these is there and is not an empty text. */
    boolean has(String... keys) {
        return Arrays.stream(keys)
                .map(node::get)
                .anyMatch(value -> value != null
                        && !(value.isTextual() && value.textValue().isEmpty()));
    }

    String path() {
        return path;
    }

    /** Adds a problem for each key that the schema does not have. */
    void requireKnownKeys(Schema schema) {
        node.fieldNames().forEachRemaining(key -> {
            if (!schema.keys().contains(key)) {
                problems.add(
                        locations.ofKey(JsonPaths.member(path, key)),
                        "a key that Interlock knows",
                        Shown.text(key),
                        schema.advice(key));
            }
        });
    }

    Optional<Long> wholeNumber(String key, Bounds bounds) {
        return value(key).flatMap(value -> {
            if (value.isIntegralNumber() && value.canConvertToLong() && bounds.contain(value.longValue())) {
                return Optional.of(value.longValue());
            }
            return wrong(key, bounds.expected(), Shown.value(value));
        });
    }

    Optional<Double> positiveNumber(String key, double most) {
        return value(key).flatMap(value -> {
            double number = value.asDouble();
            if (value.isNumber() && number > 0 && number <= most) {
                return Optional.of(number);
            }
            return wrong(key, "a number greater than 0, at most " + (long) most, Shown.value(value));
        });
    }

    Optional<Boolean> truth(String key) {
        return value(key)
                .flatMap(value -> value.isBoolean()
                        ? Optional.of(value.booleanValue())
                        : wrong(key, "true or false", Shown.value(value)));
    }

    /** A text; one of nothing, as the sample file has them, counts as not given. */
    Optional<String> text(String key, String expected) {
        return value(key).flatMap(value -> textual(key, value, expected, Shown.value(value)));
    }

    /** A text that no message may show. */
    Optional<String> secret(String key, String expected) {
        return value(key).flatMap(value -> textual(key, value, expected, Shown.kind(value)));
    }

    /** A text that is understood by a parser of its own. */
    <T> Optional<T> parsed(String key, String expected, Function<String, Parsed<T>> parser) {
        return text(key, expected).flatMap(text -> accept(place(key), text, parser.apply(text)));
    }

    /** A parser's result, or a problem and nothing. */
    <T> Optional<T> accept(Place place, String text, Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Good<T> good -> Optional.of(good.value());
            case Parsed.Bad<T> bad -> {
                problems.add(place, bad.expected(), Shown.text(text), bad.hint());
                yield Optional.empty();
            }
        };
    }

    Optional<Section> section(String key) {
        return value(key).flatMap(value -> asSection(value, JsonPaths.member(path, key)));
    }

    /** The members, in the file's order, each of which must be an object. */
    Map<String, Section> members() {
        Map<String, Section> members = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(key -> section(key).ifPresent(section -> members.put(key, section)));
        return members;
    }

    /** Stands for an object that the file lacks: nothing is in it. */
    Section empty(String key) {
        return new Section(JsonNodeFactory.instance.objectNode(), JsonPaths.member(path, key), locations, problems);
    }

    ObjectNode object() {
        return node;
    }

    /** The objects of a list. */
    List<Section> sections(String key) {
        List<JsonNode> elements = elements(key, "a list of objects");
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            asSection(elements.get(i), JsonPaths.element(JsonPaths.member(path, key), i))
                    .ifPresent(sections::add);
        }
        return sections;
    }

    /** What the texts of a list are understood as. */
    <T> List<T> texts(String key, Function<String, Parsed<T>> parser) {
        List<JsonNode> elements = elements(key, "a list of texts");
        List<T> texts = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            Place place = locations.of(JsonPaths.element(JsonPaths.member(path, key), i));
            JsonNode element = elements.get(i);
            if (element.isTextual()) {
                accept(place, element.textValue(), parser.apply(element.textValue()))
                        .ifPresent(texts::add);
            } else {
                problems.add(place, "a text", Shown.value(element));
            }
        }
        return texts;
    }

    <T> Optional<T> wrong(String key, String expected, String found) {
        problems.add(place(key), expected, found);
        return Optional.empty();
    }

    private Optional<JsonNode> value(String key) {
        return Optional.ofNullable(node.get(key));
    }

    private Optional<String> textual(String key, JsonNode value, String expected, String found) {
        if (!value.isTextual()) {
            return wrong(key, expected, found);
        }
        return Optional.of(value.textValue()).filter(text -> !text.isEmpty());
    }

    private List<JsonNode> elements(String key, String expected) {
        List<JsonNode> elements = new ArrayList<>();
        value(key).ifPresent(value -> {
            if (value instanceof ArrayNode array) {
                array.forEach(elements::add);
            } else {
                wrong(key, expected, Shown.value(value));
            }
        });
        return elements;
    }

    private Optional<Section> asSection(JsonNode value, String valuePath) {
        if (value instanceof ObjectNode object) {
            return Optional.of(new Section(object, valuePath, locations, problems));
        }
        problems.add(locations.of(valuePath), "an object", Shown.value(value));
        return Optional.empty();
    }
}
