package io.interlock.haproxy.render.directive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class HaproxyQuotingTest {

    @ParameterizedTest
    @ValueSource(strings = {"web-1", "10.0.0.1:80", "[::1]:80", "/var/lib/x.map", "a_b@c"})
    void whatMeansNothingToHaproxyStaysAsItIs(String value) {
        assertThat(HaproxyQuoting.quote(value)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {"a b,'a b'", "$HOME,'$HOME'", "a#b,'a#b'", "a\\b,'a\\b'", "it's,'it'\\''s'", "~~,''"})
    void theRestIsQuoted(String value, String quoted) {
        assertThat(HaproxyQuoting.quote(value)).isEqualTo(quoted);
    }

    @Test
    void aLineBreakIsRefused() {
        assertThatThrownBy(() -> HaproxyQuoting.quote("a\nb")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HaproxyQuoting.quote("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }
}
