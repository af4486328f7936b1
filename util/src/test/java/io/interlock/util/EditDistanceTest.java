package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class EditDistanceTest {

    @ParameterizedTest
    @CsvSource({
        "port, port, 0",
        "'', port, 4",
        "prot, port, 1",
        "pot, port, 1",
        "porrt, port, 1",
        "part, port, 1",
        "kitten, sitting, 3",
        "ca, abc, 3",
    })
    void anEditAddsDropsReplacesOrSwaps(String written, String meant, int edits) {
        assertThat(EditDistance.between(written, meant)).isEqualTo(edits);
        assertThat(EditDistance.between(meant, written)).isEqualTo(edits);
    }
}
