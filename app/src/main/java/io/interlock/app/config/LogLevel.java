package io.interlock.app.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The variable that says how much is logged. Logging itself reads it before any of this runs. */
final class LogLevel {

    private static final String VARIABLE = "INTERLOCK_LOG_LEVEL";
    private static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE", "OFF");

    private LogLevel() {}

    static void check(Surroundings surroundings, Problems problems) {
        Optional<String> level = surroundings.variable(VARIABLE);
        level.filter(text -> !LEVELS.contains(text.toUpperCase(Locale.ROOT)))
                .ifPresent(text -> problems.add(
                        new Place.Variable(VARIABLE), "one of " + String.join(", ", LEVELS), Shown.text(text)));
    }
}
