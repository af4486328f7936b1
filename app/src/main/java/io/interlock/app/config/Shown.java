package io.interlock.app.config;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;

/** Words for what was found: on one line, bounded, without control characters. */
final class Shown {

    private static final int LIMIT = 80;

    private Shown() {}

    /** A text in quotes, as JSON writes it. */
    static String text(String value) {
        String head = value.length() <= LIMIT ? value : value.substring(0, LIMIT) + "…";
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(head)) + "\"";
    }

    /** A value: texts, numbers and words as they are, objects and lists by what they are. */
    static String value(JsonNode value) {
        if (value.isTextual()) {
            return text(value.textValue());
        }
        if (value.isContainerNode() || value.asText().length() > LIMIT) {
            return kind(value);
        }
        return value.asText();
    }

    /** Only what kind of value it is: for those that are secret. */
    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case NULL -> "null";
            default -> "true or false";
        };
    }
}
