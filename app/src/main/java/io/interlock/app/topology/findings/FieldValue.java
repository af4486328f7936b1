package io.interlock.app.topology.findings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A value that a container gave for a field. Numbers and truth values may also be given as text, since labels know
 * nothing else; text may not be given as a number.
 *
 * @param place where it stands: {@code INTERLOCK_DATA.port}, {@code label interlock.port}
 * @param value what stands there
 * @param secret whether it must not be shown
 */
public record FieldValue(String place, JsonNode value, boolean secret) {

    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");

    public FieldValue(String place, JsonNode value) {
        this(place, value, false);
    }

    /** The text, trimmed; empty if it is none. */
    public Optional<String> text() {
        return value.isTextual() ? Optional.of(value.textValue().strip()) : Optional.empty();
    }

    /** The number; empty if it is none, not whole, or out of an int's range. */
    public OptionalInt integer() {
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return OptionalInt.of(value.intValue());
        }
        Optional<String> digits = text().filter(INTEGER.asMatchPredicate());
        return digits.isPresent() ? OptionalInt.of(Integer.parseInt(digits.get())) : OptionalInt.empty();
    }

    /** True or false; empty if it is neither. */
    public Optional<Boolean> bool() {
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue());
        }
        return text().filter(text -> text.equals("true") || text.equals("false"))
                .map(Boolean::valueOf);
    }

    /** Whether there is nothing that it could mean: null, blank text, or a list without elements. */
    public boolean saysNothing() {
        return value.isNull()
                || (value.isArray() && value.isEmpty())
                || (value.isTextual() && value.textValue().isBlank());
    }

    /** Its elements; empty if it is no list. */
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

    /** What to show of it in a finding. */
    public String shown() {
        if (secret) {
            return "…";
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }
}
