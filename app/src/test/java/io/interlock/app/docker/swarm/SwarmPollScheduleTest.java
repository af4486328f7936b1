package io.interlock.app.docker.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SwarmPollScheduleTest {

    private static final long START = Duration.ofDays(1).toNanos();
    private static final long MILLI = 1_000_000;

    private final SwarmPollSchedule pace = new SwarmPollSchedule(START);

    @Test
    void nothingMovesAtFirstAndAllIsLookedAtAfterTwoSeconds() {
        assertThat(pace.dueServices(START)).isEmpty();
        assertThat(pace.isAllDue(START + 1999 * MILLI)).isFalse();
        assertThat(pace.isAllDue(START + 2000 * MILLI)).isTrue();
        assertThat(pace.next()).isEqualTo(START + 2000 * MILLI);
    }

    @Test
    void aServiceThatMovesIsLookedAtFiveTimesASecondForTenSeconds() {
        pace.moves("s", START);

        assertThat(pace.next()).isEqualTo(START);
        assertThat(pace.dueServices(START)).containsExactly("s");
        pace.looked(START, START + MILLI);
        assertThat(pace.dueServices(START + 200 * MILLI)).isEmpty();
        assertThat(pace.dueServices(START + 201 * MILLI)).containsExactly("s");
        assertThat(pace.dueServices(START + 10_001 * MILLI)).isEmpty();
    }

    @Test
    void looksTakeATenthOfTheTimeAtMostAndThoseAtAllATwentieth() {
        long took = Duration.ofSeconds(1).toNanos();
        pace.moves("s", START);
        pace.looked(START, START + took);
        pace.lookedAtAll(START, START + took);

        assertThat(pace.dueServices(START + 9 * took)).isEmpty();
        assertThat(pace.next()).isEqualTo(START + 10 * took);
        assertThat(pace.isAllDue(START + 20 * took - 1)).isFalse();
        assertThat(pace.isAllDue(START + 20 * took)).isTrue();
    }
}
