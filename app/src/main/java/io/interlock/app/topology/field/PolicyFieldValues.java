package io.interlock.app.topology.field;

import io.interlock.app.topology.findings.FieldValue;
import java.util.Optional;
import java.util.function.Function;

/**
 * Values of the fields that make up one policy.
 *
 * @param given the value of the first field that asks for the policy
 */
public record PolicyFieldValues(FieldValue given, ContainerData data, FindingCollector findings) {

    /** Whether the container gives the field. */
    boolean has(ContainerField field) {
        return data.get(field).isPresent();
    }

    /** Parses another field of the same policy. A wrong value is recorded, with the effect that the field declares. */
    <T> Optional<T> part(ContainerField field, Function<FieldValue, T> parse) {
        return part(data, findings, field, parse);
    }

    public static <T> Optional<T> part(
            ContainerData data, FindingCollector findings, ContainerField field, Function<FieldValue, T> parse) {
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
