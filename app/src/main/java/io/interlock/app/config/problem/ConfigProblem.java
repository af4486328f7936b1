package io.interlock.app.config.problem;

import io.interlock.util.PrintableText;
import java.util.Optional;

/**
 * Something about the configuration that keeps Interlock from starting. Never holds a password or a private key.
 *
 * @param place where it is
 * @param expected what should be there
 * @param found what is there instead
 * @param hint what was probably meant
 */
public record ConfigProblem(ConfigLocation place, String expected, String found, Optional<String> hint) {

    public ConfigProblem(ConfigLocation place, String expected, String found) {
        this(place, expected, found, Optional.empty());
    }

    /** One line, for people; control characters are shown, not obeyed. */
    @Override
    public String toString() {
        String line = place + ": expected " + expected + ", found " + found
                + hint.map(text -> "; " + text).orElse("");
        return PrintableText.escaped(line);
    }
}
