package io.interlock.app.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.util.DurationText;
import io.interlock.util.PrintableText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** Says in words what a document says in keys. */
final class JsonText {

    private static final String NOTHING = "-";
    private static final int MILLIS = 1_000;

    private JsonText() {}

    /** The text of a key, {@code -} if it says nothing. */
    static String text(JsonNode document, String key) {
        JsonNode value = document.path(key);
        String text = value.isNull() || value.isMissingNode() ? "" : value.asText();
        return text.isEmpty() ? NOTHING : PrintableText.line(text);
    }

    /** The text of a key as a word for people: without underscores. */
    static String word(JsonNode document, String key) {
        return text(document, key).replace('_', ' ');
    }

    /** Whether a key says nothing. */
    static boolean isMissing(JsonNode document, String key) {
        return text(document, key).equals(NOTHING);
    }

    /** The elements of a list. */
    static String list(JsonNode elements) {
        String list = elements.valueStream().map(JsonNode::asText).collect(Collectors.joining(", "));
        return list.isEmpty() ? NOTHING : PrintableText.line(list);
    }

    /** How long ago a key's time was, seen from another one. */
    static String ago(JsonNode now, JsonNode time) {
        try {
            return DurationText.of(Duration.between(Instant.parse(time.asText()), Instant.parse(now.asText())));
        } catch (DateTimeException e) {
            return NOTHING;
        }
    }

    /** A number of seconds. */
    static String seconds(JsonNode number) {
        return number.isNumber() ? DurationText.of(Duration.ofMillis(Math.round(number.asDouble() * MILLIS))) : NOTHING;
    }
}
