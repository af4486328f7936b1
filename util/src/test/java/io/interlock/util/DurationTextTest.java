package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT0.2509S, 250 ms",
        "PT1.9S, 1 s",
        "PT3M5S, 3 min 5 s",
        "PT2H, 2 h 0 min",
        "PT97H, 4 d 1 h",
    })
    void theTwoLargestUnitsAreShown(Duration duration, String text) {
        assertThat(DurationText.of(duration)).isEqualTo(text);
    }
}
