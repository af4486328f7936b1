package io.interlock.app.topology.findings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A value that a container gives for a field. Numbers and truth values may also be given as text, because a label can
 * hold only text. Text may not be given as a number.
 *
 * @param place where the value is given: {@code INTERLOCK_DATA.port}, {@code label interlock.port}
 * @param value the JSON value
 * @param secret whether the value must not be shown
 */
public record FieldValue(String place, JsonNode value, boolean secret) {

    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");

    public FieldValue(String place, JsonNode value) {
        this(place, value, false);
    }

    /** Returns the text, trimmed; empty if the value is not text. */
    public Optional<String> text() {
        return value.isTextual() ? Optional.of(value.textValue().strip()) : Optional.empty();
    }

    /** Returns the number; empty if the value is not a whole number in the range of an {@code int}. */
    public OptionalInt integer() {
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return OptionalInt.of(value.intValue());
        }
        Optional<String> digits = text().filter(INTEGER.asMatchPredicate());
        return digits.isPresent() ? OptionalInt.of(Integer.parseInt(digits.get())) : OptionalInt.empty();
    }

    /** Returns the truth value; empty if the value is neither true nor false. */
    public Optional<Boolean> bool() {
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue());
        }
        return text().filter(text -> text.equals("true") || text.equals("false"))
                .map(Boolean::valueOf);
    }

    /** Whether the value is null, blank text, or a list without elements. */
    public boolean saysNothing() {
        return value.isNull()
                || (value.isArray() && value.isEmpty())
                || (value.isTextual() && value.textValue().isBlank());
    }

    /** Returns the elements; empty if the value is not a list. */
    public Optional<List<FieldValue>> elements() {
        if (!value.isArray()) {
            return Optional.empty();
        }
        List<FieldValue> elements = new ArrayList<>();
        for (JsonNode element : value) {
            elements.add(new FieldValue(place + "[" + elements.size() + "]", element, secret));
        }
        return Optional.of(elements);
    }

    /** Returns the text that a finding shows. */
    public String shown() {
        if (secret) {
            return "…";
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }

    @Override
    public String toString() {
        return place + " " + shown();
    }
}
