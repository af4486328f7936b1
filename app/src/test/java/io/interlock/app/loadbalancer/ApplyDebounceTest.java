package io.interlock.app.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ApplyDebounceTest {

    private static final ApplyDebounce DEBOUNCE = new ApplyDebounce(Duration.ofNanos(10), Duration.ofNanos(100));

    @Test
    void theFirstChangeAfterAQuietTimeIsActedOnAtOnce() {
        assertThat(DEBOUNCE.actAt(1000, 1000, 990)).isEqualTo(1000);
    }

    @Test
    void aChangeSoonAfterAnActionWaitsUntilThingsAreQuiet() {
        assertThat(DEBOUNCE.actAt(1000, 1005, 995)).isEqualTo(1015);
    }

    @Test
    void underSteadyChangeTheMaximumWaitHolds() {
        assertThat(DEBOUNCE.actAt(1000, 1099, 995)).isEqualTo(1100);
    }

    @Test
    void noChangeEverWaitsLongerThanTheMaximum() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 10_000; i++) {
            // Also near the wrap-around of nanoTime.
            long first = random.nextBoolean() ? random.nextLong(1000) : Long.MAX_VALUE - random.nextLong(50);
            long last = first + random.nextLong(500);
            long at = DEBOUNCE.actAt(first, last, first - random.nextLong(200));
            assertThat(at - first).as("seed %d", seed).isBetween(0L, 100L);
        }
    }

    @Test
    void aMaximumBelowTheQuietTimeIsRefused() {
        assertThatThrownBy(() -> new ApplyDebounce(Duration.ofMillis(2), Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
