package io.interlock.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            RandomGeneratorFactory.getDefault().create(1));

    @Test
    void pausesDoubleUpToTheLimitWithAtMostAHalfTakenOff() {
        for (long full : new long[] {100, 200, 400, 800, 1000, 1000, 1000}) {
            assertThat(backoff.next().toNanos()).isBetween(full * 500_000, full * 1_000_000);
        }
    }

    @Test
    void afterASuccessThePausesBeginAnew() {
        for (int i = 0; i < 10; i++) {
            backoff.next();
        }
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
    }
}
