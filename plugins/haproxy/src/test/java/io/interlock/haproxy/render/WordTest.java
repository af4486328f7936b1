package io.interlock.haproxy.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class WordTest {

    @ParameterizedTest
    @ValueSource(strings = {"web-1", "10.0.0.1:80", "[::1]:80", "/var/lib/x.map", "a_b@c"})
    void whatMeansNothingToHaproxyStaysAsItIs(String value) {
        assertThat(Word.quote(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {"a b,'a b'", "$HOME,'$HOME'", "a#b,'a#b'", "a\\b,'a\\b'", "it's,'it'\\''s'", "~~,''"})
    void theRestIsQuoted(String value, String quoted) {
        assertThat(Word.quote(value)).isEqualTo(quoted);
    }

    @Test
    void aLineBreakIsRefused() {
        assertThatThrownBy(() -> Word.quote("a\nb")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Word.quote("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }
}
