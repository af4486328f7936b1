package io.interlock.caddy.label;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Splits the value of a label into arguments: at blanks, apart from those within quotes or backticks. */
public final class ArgumentSplitter {

    /** Host of the container itself, as the template {@code upstreams} gives it. */
    public static final String OWN_HOST = "container.invalid";

    private static final Pattern UPSTREAMS =
            Pattern.compile("\\{\\{-?\\s*upstreams(?:\\s+\"?(https?|h2c)\"?)?(?:\\s+(\\d{1,5}))?\\s*-?}}");
    private static final Pattern EMPTY = Pattern.compile("\\{\\{\\s*(?:\"\"|``)\\s*}}");
    private static final int MOST = 1_100;

    private ArgumentSplitter() {}

    static List<String> split(String value) {
        String text = UPSTREAMS
                .matcher(EMPTY.matcher(value).replaceAll(""))
                .replaceAll(found -> Matcher.quoteReplacement((found.group(1) == null ? "" : found.group(1) + "://")
                        + OWN_HOST
                        + (found.group(2) == null ? "" : ":" + found.group(2))));
        List<String> arguments = new ArrayList<>();
        int i = 0;
        while (i < text.length() && arguments.size() < MOST) {
            char first = text.charAt(i);
            if (Character.isWhitespace(first)) {
                i++;
            } else if (first == '"' || first == '`') {
                i = quoted(text, i, arguments);
            } else {
                int end = i;
                while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                    end++;
                }
                arguments.add(text.substring(i, end));
                i = end;
            }
        }
        return arguments;
    }

    /** Whether a template, a variable or an argument of a snippet is left, whose value nobody knows here. */
    public static boolean isOpen(String argument) {
        return Stream.of("{{", "{$", "{env.", "{args").anyMatch(argument::contains);
    }

    private static int quoted(String text, int start, List<String> arguments) {
        char quote = text.charAt(start);
        StringBuilder argument = new StringBuilder();
        int i = start + 1;
        while (i < text.length() && text.charAt(i) != quote) {
            if (quote == '"' && text.charAt(i) == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                i++;
            }
            argument.append(text.charAt(i++));
        }
        arguments.add(argument.toString());
        return i + 1;
    }
}
