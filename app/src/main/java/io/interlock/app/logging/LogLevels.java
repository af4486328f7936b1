package io.interlock.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Changes the log level while Interlock runs. */
public final class LogLevels {

    /** The levels that can be set, the one with the fewest messages first. */
    public static final List<String> ALL = List.of("error", "warn", "info", "debug", "trace");

    private LogLevels() {}

    /** Turns the log off, for commands whose output is their answer. */
    public static void silence() {
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.OFF);
        }
    }

    /**
     * Sets the log level from now on; noisy libraries keep theirs.
     *
     * @throws IllegalArgumentException if it is none of {@link #ALL}
     */
    public static void set(String level) {
        if (!ALL.contains(level.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not a log level, expected one of " + String.join(", ", ALL));
        }
        if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.toLevel(level));
            root.info("the log level is {} from now on", level.toLowerCase(Locale.ROOT));
        }
    }
}
