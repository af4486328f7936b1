package io.interlock.app.config.problem;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.util.PrintableText;
import java.util.regex.Pattern;

/** Words for what was found: on one line, bounded, without control characters. */
public final class ConfigValueFormatter {

    private static final int LIMIT = 80;
    private static final Pattern USER_OF_URL = Pattern.compile("://[^/]*@");

    private ConfigValueFormatter() {}

    /** A text in quotes, as JSON writes it; without the user and password that a URL may hold. */
    public static String text(String value) {
        String open = USER_OF_URL.matcher(value).replaceFirst("://…@");
        String head = PrintableText.shortened(open, LIMIT);
        return "\""
                + PrintableText.line(new String(JsonStringEncoder.getInstance().quoteAsString(head))) + "\"";
    }

    /** A value: texts, numbers and words as they are, objects and lists by what they are. */
    public static String value(JsonNode value) {
        if (value.isTextual()) {
            return text(value.textValue());
        }
        if (value.isContainerNode() || value.asText().length() > LIMIT) {
            return kind(value);
        }
        return value.asText();
    }

    /** Only what kind of value it is: for those that are secret. */
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
