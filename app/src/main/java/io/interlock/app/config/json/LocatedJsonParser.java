package io.interlock.app.config.json;

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
import io.interlock.app.config.problem.ConfigLocation;
import io.interlock.app.config.problem.ConfigProblemCollector;
import io.interlock.app.config.problem.ConfigValueFormatter;
import io.interlock.app.config.problem.TextPosition;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses JSON into a tree and records the start of each value. One instance parses one text. */
public final class LocatedJsonParser {

    private static final int DEEPEST = 64;
    private static final int LONGEST_KEY = 256;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNameLength(LONGEST_KEY)
                    .build())
            .build();

    /** Part of Jackson's messages that quotes the text around an error, which may contain a password. */
    private static final Pattern QUOTED_WORD = Pattern.compile("Unrecognized token '[^']*'");

    private static final Pattern ASIDE = Pattern.compile(" \\(start marker at .*|, from `[^`]*`", Pattern.DOTALL);

    private final String file;
    private final JsonParser parser;
    private final ConfigProblemCollector problems;
    private final Map<String, TextPosition> values = new HashMap<>();
    private final Map<String, TextPosition> keys = new HashMap<>();
    private String current = JsonPaths.ROOT;

    private LocatedJsonParser(String file, JsonParser parser, ConfigProblemCollector problems) {
        this.file = file;
        this.parser = parser;
        this.problems = problems;
    }

    /**
     * Parses a text. If it is not a JSON object, adds a problem and returns empty. A duplicate key is a problem, too.
     */
    public static Optional<LocatedJson> parse(String file, String text, ConfigProblemCollector problems) {
        if (text.isBlank()) {
            problems.add(
                    new ConfigLocation.WholeFile(file),
                    "a JSON object",
                    "an empty file",
                    Optional.of("{} takes every default"));
            return Optional.empty();
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new LocatedJsonParser(file, parser, problems).document();
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
                return Optional.of(new LocatedJson(object, new ConfigLocationIndex(Optional.of(file), values, keys)));
            }
            problems.add(at(new TextPosition(1, 1), JsonPaths.ROOT), "a JSON object", ConfigValueFormatter.kind(root));
            return Optional.empty();
        } catch (JsonProcessingException e) {
            problems.add(
                    at(position(Optional.ofNullable(e.getLocation()).orElseGet(parser::currentLocation)), current),
                    "valid JSON",
                    "an error: " + message(e));
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
            TextPosition position = position(parser.currentTokenLocation());
            TextPosition first = keys.putIfAbsent(member, position);
            current = member;
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

    private ConfigLocation at(TextPosition position, String path) {
        return new ConfigLocation.InFile(file, position, path);
    }

    private static TextPosition position(JsonLocation location) {
        return new TextPosition(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    private static String message(JsonProcessingException e) {
        String told = ASIDE.matcher(e.getOriginalMessage()).replaceAll("");
        return QUOTED_WORD
                .matcher(told)
                .replaceFirst("Unrecognized word")
                .replace('\n', ' ')
                .strip();
    }
}
