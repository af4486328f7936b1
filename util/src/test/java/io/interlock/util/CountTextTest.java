package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CountTextTest {

    @Test
    void oneIsSingularAndEveryOtherNumberIsPlural() {
        assertThat(CountText.of(0, "server")).isEqualTo("0 servers");
        assertThat(CountText.of(1, "server")).isEqualTo("1 server");
        assertThat(CountText.of(2, "server")).isEqualTo("2 servers");
    }

    @Test
    void theVerbFollowsTheNumber() {
        assertThat(CountText.of(1, "container runs", "containers run")).isEqualTo("1 container runs");
        assertThat(CountText.of(21, "container runs", "containers run")).isEqualTo("21 containers run");
    }
}
