package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class DeadlineTest {

    @Test
    void aPastDeadlineIsOverAndLeavesNothing() {
        Deadline deadline = Deadline.in(Duration.ZERO);
        assertThat(deadline.isOver()).isTrue();
        assertThat(deadline.left()).isZero();
    }

    @Test
    void theEarlierOfTwoCounts() {
        Deadline hour = Deadline.in(Duration.ofHours(1));
        assertThat(hour.isOver()).isFalse();
        assertThat(hour.atMost(Duration.ofHours(2)).left()).isLessThanOrEqualTo(Duration.ofHours(1));
        assertThat(hour.atMost(Duration.ZERO).isOver()).isTrue();
    }
}
