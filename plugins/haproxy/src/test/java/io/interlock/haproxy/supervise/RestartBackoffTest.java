package io.interlock.haproxy.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RestartBackoffTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final RestartBackoff guard = new RestartBackoff(now::get);

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

        pass(Duration.ofMillis(250));
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
        assertThat(guard.earlyExits()).isZero();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void liveAndEnd(Duration life) {
        guard.started();
        pass(life);
        guard.ended();
    }
}
