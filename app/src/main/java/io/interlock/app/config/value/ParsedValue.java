package io.interlock.app.config.value;

import java.util.Optional;
import java.util.function.Function;

/** Result of parsing a text: a value, or the reason why there is none. */
public sealed interface ParsedValue<T> {

    record Good<T>(T value) implements ParsedValue<T> {}

    /**
     * @param expected the expected form
     * @param hint what was probably meant
     */
    record Bad<T>(String expected, Optional<String> hint) implements ParsedValue<T> {}

    /** Returns the result of the next step for a good value, or the same bad one. */
    default <R> ParsedValue<R> then(Function<T, ParsedValue<R>> next) {
        return switch (this) {
            case Good<T> good -> next.apply(good.value());
            case Bad<T> bad -> new Bad<>(bad.expected(), bad.hint());
        };
    }

    default Optional<T> toOptional() {
        return this instanceof Good<T> good ? Optional.of(good.value()) : Optional.empty();
    }

    static <T> ParsedValue<T> good(T value) {
        return new Good<>(value);
    }

    static <T> ParsedValue<T> bad(String expected) {
        return new Bad<>(expected, Optional.empty());
    }

    static <T> ParsedValue<T> bad(String expected, String hint) {
        return new Bad<>(expected, Optional.of(hint));
    }
}
