package io.interlock.haproxy.render.directive;

import java.util.regex.Pattern;

/** Writes a value as one word of HAProxy's configuration language. */
public final class HaproxyQuoting {

    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_.:/@+*,=\\[\\]-]+");

    private HaproxyQuoting() {}

    /**
     * Returns the value unchanged if it has no characters with a meaning in HAProxy's language, otherwise in single
     * quotes. Within single quotes no character has a meaning, so {@code $}, {@code #}, blanks and backslashes are
     * literal.
     *
     * @throws IllegalArgumentException if the value contains a control character, which no quotes can contain
     */
    public static String quote(String value) {
        if (NEEDS_NO_QUOTES.matcher(value).matches()) {
            return value;
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a control character cannot stand in HAProxy's configuration");
        }
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
