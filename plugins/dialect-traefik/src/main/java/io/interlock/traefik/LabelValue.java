package io.interlock.traefik;

import java.util.Arrays;
import java.util.List;

/**
 * Value of a label.
 *
 * @param label the name of the label, as given
 * @param option the last part of its name, as given
 * @param text the value without blanks around it
 */
record LabelValue(String label, String option, String text) {

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
        return text.equalsIgnoreCase("true");
    }
}
