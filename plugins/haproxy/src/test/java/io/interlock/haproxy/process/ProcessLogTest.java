package io.interlock.haproxy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class ProcessLogTest {

    @TempDir
    Path folder;

    private Path file;
    private ProcessLog log;

    @BeforeEach
    void open() throws Exception {
        log = new ProcessLog(folder.resolve("haproxy.log"));
        file = log.open();
    }

    @Test
    void alertsSinceAPlaceAreTheLastWords() throws Exception {
        Files.writeString(file, "[ALERT] old\n");
        long end = log.end();
        append("[NOTICE] new\n[ALERT] no port\n[NOTICE] bye\n");

        assertThat(log.lastWords(end)).isEqualTo("[ALERT] no port");
    }

    @Test
    void withoutAlertsEverythingIs() throws Exception {
        append("[NOTICE] one\n[NOTICE] two\n");

        assertThat(log.lastWords(0)).isEqualTo("[NOTICE] one; [NOTICE] two");
        assertThat(log.lastWords(log.end())).isEqualTo("(it printed nothing)");
    }

    @Test
    void aLongLogIsEmptiedAndAShortOneKept() throws Exception {
        append("short");
        log.cut();
        assertThat(file).hasContent("short");

        append("x".repeat(2_000_000));
        long end = log.end();
        log.cut();
        assertThat(file).isEmptyFile();
        append("[ALERT] after the cut\n");
        assertThat(log.lastWords(end)).isEqualTo("[ALERT] after the cut");
    }

    private void append(String text) throws Exception {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }
}
