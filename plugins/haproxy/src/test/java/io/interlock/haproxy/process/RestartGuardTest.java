package io.interlock.haproxy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RestartGuardTest {

    private final HandClock clock = new HandClock();
    private final RestartGuard guard = new RestartGuard(clock);

    @Test
    void theFirstEndCostsNoPause() {
        liveAndEnd(Duration.ofMillis(10));

        assertThat(guard.pause()).isZero();
    }

    @Test
    void eachFurtherOneSoonAfterAStartDoublesThePause() {
        liveAndEnd(Duration.ofMillis(10));
        liveAndEnd(Duration.ofMillis(10));
        assertThat(guard.pause()).isEqualTo(Duration.ofMillis(250));

        clock.pass(Duration.ofMillis(250));
        assertThat(guard.pause()).isZero();

        liveAndEnd(Duration.ofMillis(10));
        assertThat(guard.pause()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void thePauseStaysBelowHalfAMinuteAndABit() {
        for (int i = 0; i < 100; i++) {
            liveAndEnd(Duration.ZERO);
        }

        assertThat(guard.pause()).isEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void aLongLifeForgetsWhatWas() {
        liveAndEnd(Duration.ZERO);
        liveAndEnd(Duration.ZERO);
        liveAndEnd(Duration.ofSeconds(5));

        assertThat(guard.pause()).isZero();
        assertThat(guard.soonEnded()).isZero();
    }

    private void liveAndEnd(Duration life) {
        guard.started();
        clock.pass(life);
        guard.ended();
    }

    private static final class HandClock extends Clock {

        private Instant now = Instant.EPOCH;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
