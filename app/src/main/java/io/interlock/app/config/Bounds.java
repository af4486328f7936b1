package io.interlock.app.config;

import java.util.regex.Pattern;

/**
 * A range of whole numbers.
 *
 * @param unit of what, in messages; empty if it counts nothing
 */
record Bounds(long least, long most, String unit) {

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");

    boolean contain(long number) {
        return least <= number && number <= most;
    }

    String expected() {
        return "a whole number" + (unit.isEmpty() ? "" : " of " + unit) + " from " + least + " to " + most;
    }

    /** From text, as the command line has it. */
    Parsed<Long> parse(String text) {
        if (DIGITS.matcher(text).matches() && contain(Long.parseLong(text))) {
            return Parsed.good(Long.parseLong(text));
        }
        return Parsed.bad(expected());
    }
}
