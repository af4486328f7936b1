package io.interlock.app.config.problem;

import io.interlock.util.PrintableText;
import java.util.Optional;

/**
 * Problem of the configuration that keeps Interlock from starting. Never contains a password or a private key.
 *
 * @param place where it is
 * @param expected what the place should contain
 * @param found what it contains instead
 * @param hint what was probably meant
 */
public record ConfigProblem(ConfigLocation place, String expected, String found, Optional<String> hint) {

    public ConfigProblem(ConfigLocation place, String expected, String found) {
        this(place, expected, found, Optional.empty());
    }

    /** Returns one line for the operator, with control characters escaped. */
    @Override
    public String toString() {
        String line = place + ": expected " + expected + ", found " + found
                + hint.map(text -> "; " + text).orElse("");
        return PrintableText.escaped(line);
    }
}
