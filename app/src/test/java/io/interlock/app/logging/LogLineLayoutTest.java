package io.interlock.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LogLineLayoutTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(?:Z|[+-]\\d\\d:\\d\\d)";

    @Test
    void anEventIsOneLineOfTimeLevelShortLoggerAndMessage() {
        assertThat(layout("engine local is back", null)).matches(TIME + " INFO  Watcher: engine local is back\\n");
    }

    @Test
    void aMessageCannotForgeALineOrSpeakToTheTerminal() {
        assertThat(layout("a\nb\r\tc\u001b[31m\u0085é", null)).endsWith(": a\\nb\\r\\tc\\u001b[31m\\u0085é\n");
    }

    @Test
    void aStackTraceFollowsIndented() {
        List<String> lines =
                layout("failed", new IllegalStateException("one\ntwo")).lines().toList();

        assertThat(lines.getFirst()).endsWith("failed");
        assertThat(lines).hasSizeGreaterThan(3);
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("    "));
    }

    private static String layout(String message, @Nullable Throwable thrown) {
        LoggerContext context = new LoggerContext();
        Logger logger = context.getLogger("io.interlock.app.docker.Watcher");
        ILoggingEvent event = new LoggingEvent("x", logger, Level.INFO, message, thrown, new Object[0]);
        return new LogLineLayout().doLayout(event);
    }
}
