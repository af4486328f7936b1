package io.interlock.traefik.rule;

import io.interlock.util.HostRegexText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the argument of {@code HostRegexp}: an expression as in version 3, or a name with {@code {name:expression}} as in version
 * 2.
 */
final class HostTemplateReader {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{[A-Za-z_][A-Za-z0-9_-]*(?::((?:[^{}]|\\{[0-9,]{1,9}\\})*))?\\}");
    private static final int MOST_CHARACTERS = 1_000;

    private HostTemplateReader() {}

    /** Returns the name in Interlock's form. */
    static String name(String argument) throws RuleException {
        if (argument.length() > MOST_CHARACTERS) {
            throw new RuleException("has a HostRegexp of more than " + MOST_CHARACTERS + " characters");
        }
        Matcher placeholder = PLACEHOLDER.matcher(argument);
        String regex = argument;
        if (placeholder.find()) {
            StringBuilder text = new StringBuilder("^");
            int from = 0;
            do {
                text.append(escaped(argument.substring(from, placeholder.start())));
                String inside = placeholder.group(1);
                text.append(inside == null ? "[a-z0-9_-]+" : stripped(inside));
                from = placeholder.end();
            } while (placeholder.find());
            regex = text.append(escaped(argument.substring(from))).append('$').toString();
        }
        String anything = stripped(regex);
        return anything.equals(".+") || anything.equals(".*") || anything.isEmpty() ? "*" : HostRegexText.of(regex);
    }

    private static String stripped(String expression) {
        String text = expression.startsWith("^") ? expression.substring(1) : expression;
        return text.endsWith("$") ? text.substring(0, text.length() - 1) : text;
    }

    private static String escaped(String literal) {
        return literal.replace(".", "\\.");
    }
}
