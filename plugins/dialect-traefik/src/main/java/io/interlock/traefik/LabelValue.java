package io.interlock.traefik;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Value of a label.
 *
 * @param label the name of the label, as given
 * @param option the last part of its name, as given
 * @param text the value without blanks around it
 */
record LabelValue(String label, String option, String text) {

    /** Truth values of Go. */
    private static final Set<String> TRUE = Set.of("1", "t", "true");

    private static final Set<String> FALSE = Set.of("", "0", "f", "false");
    private static final int MOST_ELEMENTS = 1_100;

    /** Returns the elements of a list with commas, without empty ones. */
    List<String> elements() {
        return Arrays.stream(text.split(",", MOST_ELEMENTS + 1))
                .limit(MOST_ELEMENTS)
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    boolean isTrue() {
        return TRUE.contains(text.toLowerCase(Locale.ROOT));
    }

    /** Whether it is a truth value that is not true; nothing counts as false. */
    boolean isFalse() {
        return FALSE.contains(text.toLowerCase(Locale.ROOT));
    }
}
