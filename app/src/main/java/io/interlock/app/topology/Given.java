package io.interlock.app.topology;

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
record Given(String place, JsonNode value, boolean secret) {

    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");

    Given(String place, JsonNode value) {
        this(place, value, false);
    }

    /** The text, trimmed; empty if it is none. */
    Optional<String> text() {
        return value.isTextual() ? Optional.of(value.textValue().strip()) : Optional.empty();
    }

    /** The number; empty if it is none, not whole, or out of an int's range. */
    OptionalInt integer() {
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return OptionalInt.of(value.intValue());
        }
        Optional<String> digits = text().filter(INTEGER.asMatchPredicate());
        return digits.isPresent() ? OptionalInt.of(Integer.parseInt(digits.get())) : OptionalInt.empty();
    }

    /** True or false; empty if it is neither. */
    Optional<Boolean> bool() {
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue());
        }
        return text().filter(text -> text.equals("true") || text.equals("false"))
                .map(Boolean::valueOf);
    }

    /** Whether there is nothing that it could mean: null, blank text, or a list without elements. */
    boolean saysNothing() {
        return value.isNull()
                || (value.isArray() && value.isEmpty())
                || (value.isTextual() && value.textValue().isBlank());
    }

    /** Its elements; empty if it is no list. */
    Optional<List<Given>> elements() {
        if (!value.isArray()) {
            return Optional.empty();
        }
        List<Given> elements = new ArrayList<>();
        for (JsonNode element : value) {
            elements.add(new Given(place + "[" + elements.size() + "]", element, secret));
        }
        return Optional.of(elements);
    }

    /** What to show of it in a finding. */
    String shown() {
        if (secret) {
            return "…";
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }
}
