package io.interlock.app.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads JSON into a tree and remembers where each value began. One instance reads one text. */
final class LocatingParser {

    private static final int DEEPEST = 64;
    private static final int LONGEST_KEY = 256;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNameLength(LONGEST_KEY)
                    .build())
            .build();

    /** Jackson quotes the text around an error, which may hold a password. */
    private static final Pattern QUOTED_WORD = Pattern.compile("Unrecognized token '[^']*'");

    private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at .*", Pattern.DOTALL);

    private final String file;
    private final JsonParser parser;
    private final Problems problems;
    private final Map<String, Position> values = new HashMap<>();
    private final Map<String, Position> keys = new HashMap<>();
    private String current = JsonPaths.ROOT;

    private LocatingParser(String file, JsonParser parser, Problems problems) {
        this.file = file;
        this.parser = parser;
        this.problems = problems;
    }

    /** Empty if the text is no JSON object; then there is a problem more. Keys that stand twice are problems too. */
    static Optional<LocatedJson> parse(String file, String text, Problems problems) {
        if (text.isBlank()) {
            problems.add(
                    new Place.WholeFile(file), "a JSON object", "an empty file", Optional.of("{} takes every default"));
            return Optional.empty();
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new LocatingParser(file, parser, problems).document();
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot fail to be read", e);
        }
    }

    private Optional<LocatedJson> document() throws IOException {
        try {
            parser.nextToken();
            JsonNode root = value(JsonPaths.ROOT);
            current = JsonPaths.ROOT;
            if (parser.nextToken() != null) {
                problems.add(
                        at(position(parser.currentTokenLocation()), JsonPaths.ROOT),
                        "nothing after the JSON object",
                        "more text");
                return Optional.empty();
            }
            if (root instanceof ObjectNode object) {
                return Optional.of(new LocatedJson(object, new Locations(Optional.of(file), values, keys)));
            }
            problems.add(at(new Position(1, 1), JsonPaths.ROOT), "a JSON object", Shown.kind(root));
            return Optional.empty();
        } catch (JsonProcessingException e) {
            problems.add(at(position(e.getLocation()), current), "valid JSON", "an error: " + message(e));
            return Optional.empty();
        }
    }

    private JsonNode value(String path) throws IOException {
        current = path;
        values.put(path, position(parser.currentTokenLocation()));
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(path);
            case START_ARRAY -> array(path);
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> nodes.booleanNode(parser.getBooleanValue());
            default -> nodes.nullNode();
        };
    }

    private ObjectNode object(String path) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            String member = JsonPaths.member(path, key);
            Position position = position(parser.currentTokenLocation());
            Position first = keys.putIfAbsent(member, position);
            parser.nextToken();
            if (first == null) {
                object.set(key, value(member));
            } else {
                problems.add(at(position, member), "each key once", "this one again after line " + first.line());
                parser.skipChildren();
            }
            current = path;
        }
        return object;
    }

    private ArrayNode array(String path) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(JsonPaths.element(path, array.size())));
            current = path;
        }
        return array;
    }

    private Place at(Position position, String path) {
        return new Place.InFile(file, position, path);
    }

    private static Position position(JsonLocation location) {
        return new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private static String message(JsonProcessingException e) {
        String told = START_MARKER.matcher(e.getOriginalMessage()).replaceFirst("");
        return QUOTED_WORD
                .matcher(told)
                .replaceFirst("Unrecognized word")
                .replace('\n', ' ')
                .strip();
    }
}
