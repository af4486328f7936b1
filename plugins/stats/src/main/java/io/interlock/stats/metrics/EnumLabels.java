package io.interlock.stats.metrics;

import java.util.Locale;

/** Enumeration constants of the API as label values. */
final class EnumLabels {

    private EnumLabels() {}

    static String of(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
