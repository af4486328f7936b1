package io.interlock.app.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something about the configuration that keeps Interlock from starting. Never holds a password or a private key.
 *
 * @param place where it is
 * @param expected what should be there
 * @param found what is there instead
 * @param hint what was probably meant
 */
public record ConfigProblem(Place place, String expected, String found, Optional<String> hint) {

    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    public ConfigProblem(Place place, String expected, String found) {
        this(place, expected, found, Optional.empty());
    }

    /** One line, for people; control characters are shown, not obeyed. */
    @Override
    public String toString() {
        String line = place + ": expected " + expected + ", found " + found
                + hint.map(text -> "; " + text).orElse("");
        return CONTROL.matcher(line)
                .replaceAll(character -> Matcher.quoteReplacement(String.format(
                        Locale.ROOT, "\\u%04X", (int) character.group().charAt(0))));
    }
}
