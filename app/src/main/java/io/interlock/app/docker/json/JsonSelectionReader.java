package io.interlock.app.docker.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON from a stream and keeps the selected parts of it. Memory and depth are limited, whatever the stream
 * contains. Anything that is not well-formed is an error; so is a member that exists twice, if it is kept. Not safe for
 * several threads.
 */
public final class JsonSelectionReader {

    /** Takes the place of a value that exceeds the limit of its selection. */
    public static final JsonNode EXCESS = TextNode.valueOf(JsonStringLimiter.CUT + "excess");

    /** Maximum number of bytes of one string; the rest is dropped. */
    public static final int MAX_STRING = 400_000;

    /** Maximum cost of one document: its kept characters, and {@link #COST} for each name and value. */
    public static final long MAX_COST = 4_000_000;

    /** Cost of a name or value beside its characters. */
    public static final int COST = 16;

    private static final int MAX_DEPTH = 100;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            // A shared table of names would grow with the names that an engine invents.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(2 * MAX_STRING)
                    .maxStringLength(2 * MAX_STRING)
                    .build())
            .build();
    private static final ObjectMapper SCALARS = new ObjectMapper(FACTORY);

    private final JsonStringLimiter source;
    private final JsonSelection selection;
    private @Nullable JsonParser parser;
    private long left;

    /**
     * @param selection what is kept of each document
     * @param maxBytes maximum number of bytes of the stream, or of one document of several
     */
    public JsonSelectionReader(InputStream in, JsonSelection selection, long maxBytes) {
        this.source = new JsonStringLimiter(in, MAX_STRING, maxBytes);
        this.selection = selection;
    }

    /** Whether a text was shortened because it is too long. */
    public static boolean isCut(String text) {
        return text.indexOf(JsonStringLimiter.CUT) >= 0;
    }

    /** Reads the only document of the stream, an object. */
    public JsonNode object() throws IOException {
        if (next() != JsonToken.START_OBJECT) {
            throw new IOException("not a JSON object");
        }
        JsonNode object = document();
        end();
        return object;
    }

    /**
     * Reads the only document of the stream, an array of objects. The selection applies to each of them.
     *
     * @param most maximum number of elements
     */
    public void elements(int most, Consumer<JsonNode> consumer) throws IOException {
        if (next() != JsonToken.START_ARRAY) {
            throw new IOException("not a JSON array");
        }
        int count = 0;
        while (next() == JsonToken.START_OBJECT) {
            count++;
            if (count > most) {
                throw new IOException("the array has more than " + most + " elements");
            }
            consumer.accept(document());
        }
        // An array that ends early must not pass for a shorter one, because the missing elements would be dropped.
        if (parser().currentToken() != JsonToken.END_ARRAY) {
            throw new IOException("the array contains something else than objects");
        }
        end();
    }

    /** Waits for the beginning of the next of several documents, an object; false at the end of the stream. */
    public boolean begin() throws IOException {
        source.restart();
        JsonToken token = next();
        if (token != null && token != JsonToken.START_OBJECT) {
            throw new IOException("not a JSON object");
        }
        return token != null;
    }

    /** Reads the rest of the object that {@link #begin} waited for. */
    public JsonNode document() throws IOException {
        left = MAX_COST;
        JsonNode document = value(selection);
        if (left < 0) {
            throw new IOException("the part that is read is longer than " + MAX_COST + " characters");
        }
        return document;
    }

    private void end() throws IOException {
        if (next() != null) {
            throw new IOException("something follows after the end of the JSON");
        }
    }

    private @Nullable JsonToken next() throws IOException {
        return parser().nextToken();
    }

    private JsonParser parser() throws IOException {
        JsonParser current = parser;
        if (current == null) {
            current = FACTORY.createParser(new InputStreamReader(source, StandardCharsets.UTF_8));
            parser = current;
        }
        return current;
    }

    private JsonNode limited(JsonSelection kept) throws IOException {
        long before = left;
        left = Math.min(before, kept.limit());
        long allowed = left;
        JsonNode value = value(kept);
        boolean isExcess = left < 0 && kept.limit() < before;
        left = isExcess ? before - COST : before - (allowed - left);
        return isExcess ? EXCESS : value;
    }

    private JsonNode value(JsonSelection kept) throws IOException {
        left -= COST;
        return switch (parser().currentToken()) {
            case START_OBJECT -> members(kept);
            case START_ARRAY -> array(kept);
            case VALUE_STRING -> {
                String text = parser().getText();
                left -= text.length();
                yield TextNode.valueOf(text);
            }
            case null -> throw new IOException("the JSON ends early");
            default -> SCALARS.readTree(parser());
        };
    }

    private JsonNode members(JsonSelection kept) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        JsonParser json = parser();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_OBJECT; token = json.nextToken()) {
            if (token != JsonToken.FIELD_NAME) {
                throw new IOException("the JSON ends early");
            }
            String name = json.currentName();
            Optional<JsonSelection> member = left < 0 ? Optional.empty() : kept.member(name);
            json.nextToken();
            if (member.isEmpty()) {
                json.skipChildren();
                continue;
            }
            if (object.has(name)) {
                throw new IOException("the JSON has a member twice");
            }
            left -= name.length();
            object.set(name, limited(member.get()));
        }
        return object;
    }

    private JsonNode array(JsonSelection kept) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        JsonParser json = parser();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token == null) {
                throw new IOException("the JSON ends early");
            }
            if (left < 0 || (token == JsonToken.VALUE_STRING && !kept.keeps(json.getText()))) {
                json.skipChildren();
            } else {
                array.add(value(kept));
            }
        }
        return array;
    }
}
