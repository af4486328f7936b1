package io.interlock.app.config.problem;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.util.PrintableText;
import java.util.regex.Pattern;

/** Formats values of the configuration for messages: on one line, with limited length, without control characters. */
public final class ConfigValueFormatter {

    private static final int LIMIT = 80;
    private static final Pattern USER_OF_URL = Pattern.compile("://[^/]*@");

    private ConfigValueFormatter() {}

    /** Returns a text in quotes, as in JSON, without the user and password that a URL may contain. */
    public static String text(String value) {
        String open = USER_OF_URL.matcher(value).replaceFirst("://…@");
        String head = PrintableText.shortened(open, LIMIT);
        return "\""
                + PrintableText.line(new String(JsonStringEncoder.getInstance().quoteAsString(head))) + "\"";
    }

    /** Returns texts, numbers and words as written, and the kind of objects and lists. */
    public static String value(JsonNode value) {
        if (value.isTextual()) {
            return text(value.textValue());
        }
        if (value.isContainerNode() || value.asText().length() > LIMIT) {
            return kind(value);
        }
        return value.asText();
    }

    /** Returns only the kind of value, for secret values. */
    public static String kind(JsonNode value) {
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
