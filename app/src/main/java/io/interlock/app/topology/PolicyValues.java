package io.interlock.app.topology;

import java.util.Optional;
import java.util.function.Function;

/**
 * Values of the fields that make up one policy.
 *
 * @param given the first of those that ask for the policy
 */
record PolicyValues(Given given, ContainerData data, Findings findings) {

    /** Whether a field is given. */
    boolean has(Field field) {
        return data.get(field).isPresent();
    }

    /** A field beside; a wrong value is recorded, and has the consequence that the field has. */
    <T> Optional<T> part(Field field, Function<Given, T> parse) {
        return part(data, findings, field, parse);
    }

    static <T> Optional<T> part(ContainerData data, Findings findings, Field field, Function<Given, T> parse) {
        return data.get(field).flatMap(given -> {
            try {
                return Optional.of(parse.apply(given));
            } catch (IllegalArgumentException | ArithmeticException e) {
                findings.wrong(field, given, String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        });
    }
}
