package io.interlock.app.config.reader;

import io.interlock.app.config.problem.ConfigLocation;
import io.interlock.app.config.problem.ConfigProblemCollector;
import io.interlock.app.config.problem.ConfigValueFormatter;
import java.util.List;
import java.util.Locale;

/** Checks the environment variables for the level and the format of the log. The logging itself reads them earlier. */
final class LogVariableValidator {

    private static final String LEVEL = "INTERLOCK_LOG_LEVEL";
    private static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE", "OFF");
    private static final String FORMAT = "INTERLOCK_LOG_FORMAT";
    private static final List<String> FORMATS = List.of("TEXT", "JSON");

    private LogVariableValidator() {}

    static void check(ProcessEnvironment environment, ConfigProblemCollector problems) {
        check(LEVEL, LEVELS, environment, problems);
        check(FORMAT, FORMATS, environment, problems);
    }

    private static void check(
            String variable, List<String> words, ProcessEnvironment environment, ConfigProblemCollector problems) {
        environment
                .variable(variable)
                .filter(text -> !words.contains(text.toUpperCase(Locale.ROOT)))
                .ifPresent(text -> problems.add(
                        new ConfigLocation.Variable(variable),
                        "one of " + String.join(", ", words),
                        ConfigValueFormatter.text(text)));
    }
}
