package io.interlock.haproxy.render.directive;

import java.util.regex.Pattern;

/** Writes a value as one word of HAProxy's configuration language. */
public final class HaproxyQuoting {

    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_.:/@+*,=\\[\\]-]+");

    private HaproxyQuoting() {}

    /**
     * The value as it is if nothing in it means anything to HAProxy, in single quotes otherwise: within them nothing
     * does, so that {@code $}, {@code #}, blanks and backslashes are what they look like.
     *
     * @throws IllegalArgumentException if the value holds a control character, which no quotes can contain
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
