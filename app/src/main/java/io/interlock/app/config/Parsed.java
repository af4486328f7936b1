package io.interlock.app.config;

import java.util.Optional;
import java.util.function.Function;

/** A text understood, or not. */
sealed interface Parsed<T> {

    record Good<T>(T value) implements Parsed<T> {}

    /**
     * @param expected what should have been there
     * @param hint what was probably meant
     */
    record Bad<T>(String expected, Optional<String> hint) implements Parsed<T> {}

    /** What is understood of a good value, else the same bad one. */
    default <R> Parsed<R> then(Function<T, Parsed<R>> next) {
        return switch (this) {
            case Good<T> good -> next.apply(good.value());
            case Bad<T> bad -> new Bad<>(bad.expected(), bad.hint());
        };
    }

    default Optional<T> toOptional() {
        return this instanceof Good<T> good ? Optional.of(good.value()) : Optional.empty();
    }

    static <T> Parsed<T> good(T value) {
        return new Good<>(value);
    }

    static <T> Parsed<T> bad(String expected) {
        return new Bad<>(expected, Optional.empty());
    }

    static <T> Parsed<T> bad(String expected, String hint) {
        return new Bad<>(expected, Optional.of(hint));
    }
}
