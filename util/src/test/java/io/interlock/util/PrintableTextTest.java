package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PrintableTextTest {

    private static final String HOSTILE = "a\nb\r\tc\u001b[31m\u0085\u202e\u2028\ud800é\ud83d\ude00";

    @Test
    void nothingThatATerminalObeysIsLeft() {
        assertThat(PrintableText.line(HOSTILE))
                .isEqualTo("a\\nb\\r\\tc\ufffd[31m\ufffd\ufffd\ufffd\ufffdé\ud83d\ude00");
    }

    @Test
    void escapesSayWhatWasThere() {
        assertThat(PrintableText.escaped(HOSTILE))
                .isEqualTo("a\\nb\\r\\tc\\u001b[31m\\u0085\\u202e\\u2028\\ud800é\ud83d\ude00");
    }

    @Test
    void runsOfControlsBecomeOneBlank() {
        assertThat(PrintableText.flat("\n one\r\n\u001btwo\u2028")).isEqualTo("one two");
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        assertThat(PrintableText.of("\ud83d\ude00".repeat(81))).isEqualTo("\ud83d\ude00".repeat(80) + "…");
        assertThat(PrintableText.of("\ud83d\ude00".repeat(80))).isEqualTo("\ud83d\ude00".repeat(80));
        assertThat(PrintableText.shortened("abc", 2)).isEqualTo("ab…");
    }
}
