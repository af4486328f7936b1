package io.interlock.util;

import java.util.stream.Collectors;

/** Rewrites regular expressions of other proxies, which match any part of a path, into ones that match the whole path. */
public final class PathRegexText {

    private static final String ANYTHING = ".*";

    private PathRegexText() {}

    /**
     * Returns an expression that matches the same paths as a whole. Whether it is valid must be checked otherwise.
     *
     * @param regex as the other proxy has it
     */
    public static String of(String regex) {
        boolean starts = regex.startsWith("^");
        boolean ends = regex.endsWith("$") && !regex.endsWith("\\$");
        String body = regex.substring(starts ? 1 : 0, regex.length() - (ends ? 1 : 0));
        return (starts || body.startsWith(ANYTHING) ? "" : ANYTHING)
                + body
                + (ends || (body.endsWith(ANYTHING) && !body.endsWith("\\.*")) ? "" : ANYTHING);
    }

    /**
     * Returns an expression for a pattern of a path in which a star stands for any characters.
     *
     * @param withinSegments whether a star does not stand for a slash
     */
    public static String ofGlob(String pattern, boolean withinSegments) {
        return pattern.chars()
                .mapToObj(character -> character == '*'
                        ? withinSegments ? "[^/]*" : ANYTHING
                        : (".+?$^(){}|[]\\".indexOf(character) < 0 ? "" : "\\") + (char) character)
                .collect(Collectors.joining());
    }
}
