package io.interlock.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Sets Logback up in code, because reading an XML file takes twice as long as the rest of the setup. An operator can
 * replace this setup with a file, named in the system property {@code logback.configurationFile}.
 */
public final class LoggingSetup extends ContextAwareBase implements Configurator {

    private static final String LEVEL_VARIABLE = "INTERLOCK_LOG_LEVEL";
    private static final String FORMAT_VARIABLE = "INTERLOCK_LOG_FORMAT";
    private static final String OWN_FILE = "logback.configurationFile";

    /**
     * Libraries that write every byte of their connections at DEBUG: this takes seconds at start, and reveals foreign
     * data.
     */
    private static final List<String> CHATTERERS = List.of("org.pf4j");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(OWN_FILE) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        for (String chatterer : CHATTERERS) {
            context.getLogger(chatterer).setLevel(Level.WARN);
        }
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        // The command line reports a word that is no level as a configuration problem.
        root.setLevel(Level.toLevel(System.getenv(LEVEL_VARIABLE), Level.INFO));
        boolean json = "json".equalsIgnoreCase(System.getenv(FORMAT_VARIABLE));
        root.addAppender(standardOutput(context, json ? new JsonLogEncoder() : lines(context)));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Encoder<ILoggingEvent> lines(LoggerContext context) {
        LogLineLayout layout = new LogLineLayout();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        return encoder;
    }

    private static ConsoleAppender<ILoggingEvent> standardOutput(
            LoggerContext context, Encoder<ILoggingEvent> encoder) {
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stdout");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
