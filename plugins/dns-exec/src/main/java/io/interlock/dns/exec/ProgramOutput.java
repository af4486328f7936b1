package io.interlock.dns.exec;

import io.interlock.util.PrintableText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes the output of a program to the log, up to a limit. The rest is read and discarded. */
final class ProgramOutput {

    private static final Logger log = LoggerFactory.getLogger("dns");

    private static final int MOST_LINES = 100;
    private static final int LONGEST_LINE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final InputStream stream;
    private final String source;
    private final Thread thread = Thread.ofVirtual().name("dns-exec-output").unstarted(this::run);
    private volatile String lastLine = "";

    private ProgramOutput(InputStream stream, String source) {
        this.stream = stream;
        this.source = source;
    }

    /**
     * Starts to read.
     *
     * @param source what the log names before each line
     */
    static ProgramOutput follow(InputStream stream, String source) {
        ProgramOutput output = new ProgramOutput(stream, source);
        output.thread.start();
        return output;
    }

    /** The last line of the part that was logged; empty if there is none. */
    String lastLine() {
        return lastLine;
    }

    /** Waits for the rest of the output for a moment: a process that the program has left behind may keep it open. */
    void end() throws InterruptedException {
        if (!thread.join(PATIENCE)) {
            try {
                stream.close();
            } catch (IOException e) {
                log.debug("the output of {} cannot be closed", source, e);
            }
        }
    }

    private void run() {
        int lines = 0;
        StringBuilder line = new StringBuilder();
        try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c != '\n') {
                    if (line.length() <= LONGEST_LINE) {
                        line.append((char) c);
                    }
                } else {
                    take(line, ++lines);
                }
            }
            if (!line.isEmpty()) {
                take(line, ++lines);
            }
        } catch (IOException e) {
            log.debug("the output of {} ends", source, e);
        }
    }

    private void take(StringBuilder line, int number) {
        if (number <= MOST_LINES) {
            String text = PrintableText.shortened(PrintableText.flat(line.toString()), LONGEST_LINE);
            if (!text.isEmpty()) {
                lastLine = text;
                log.info("{}: {}", source, text);
            }
        } else if (number == MOST_LINES + 1) {
            log.info("{}: further lines are not logged", source);
        }
        line.setLength(0);
    }
}
