package io.interlock.app.config.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.config.value.ParsedValue;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/**
 * Type of whole numbers in a range.
 *
 * @param unit the unit of the number; empty if it has none
 * @param result converts the number into the value
 */
public record WholeNumberType<T>(long least, long most, Optional<Unit> unit, LongFunction<T> result)
        implements ValueType<T> {

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");

    /** Unit of a number. */
    enum Unit {
        MILLISECONDS("milliseconds", ", ms"),
        SECONDS("seconds", ", s"),
        MEGABYTES("megabytes", ", MB"),
        CONNECTIONS("connections", ""),
        NAMES("names", ""),
        EXPRESSIONS("expressions", "");

        private final String word;
        private final String suffix;

        Unit(String word, String suffix) {
            this.word = word;
            this.suffix = suffix;
        }
    }

    @Override
    public String label() {
        return "whole number" + unit.map(counted -> counted.suffix).orElse("");
    }

    @Override
    public String range() {
        return least + " to " + most;
    }

    @Override
    public ObjectNode schema() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "integer")
                .put("minimum", least)
                .put("maximum", most);
    }

    @Override
    public Optional<T> read(ConfigValue value) {
        JsonNode node = value.node();
        boolean good = node.isIntegralNumber() && node.canConvertToLong() && contains(node.longValue());
        return good ? Optional.of(result.apply(node.longValue())) : value.wrong(expected());
    }

    /** Parses a text of the command line. */
    public ParsedValue<T> parse(String text) {
        return DIGITS.matcher(text).matches() && contains(Long.parseLong(text))
                ? ParsedValue.good(result.apply(Long.parseLong(text)))
                : ParsedValue.bad(expected());
    }

    private boolean contains(long number) {
        return least <= number && number <= most;
    }

    private String expected() {
        return "a whole number" + unit.map(counted -> " of " + counted.word).orElse("") + " from " + least + " to "
                + most;
    }
}
