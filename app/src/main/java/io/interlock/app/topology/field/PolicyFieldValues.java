package io.interlock.app.topology.field;

import io.interlock.app.topology.findings.FieldValue;
import java.util.List;
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

    /**
     * Parses the elements of the list of the field. A wrong element is left out and recorded; nothing is left if all are wrong.
     *
     * @throws IllegalArgumentException if the value is not a list, or has too many elements
     */
    <T> Optional<List<T>> elements(ContainerField field, Function<String, T> parse) {
        List<T> parsed = SingleFieldPolicySyntax.list(given, element -> {
                    try {
                        return Optional.of(SingleFieldPolicySyntax.text(parse).apply(element));
                    } catch (IllegalArgumentException e) {
                        findings.wrong(field, element, String.valueOf(e.getMessage()));
                        return Optional.<T>empty();
                    }
                })
                .stream()
                .flatMap(Optional::stream)
                .toList();
        return parsed.isEmpty() ? Optional.empty() : Optional.of(parsed);
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
