package io.interlock.app.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration START = Duration.ofMillis(100);
    private static final Duration CAP = Duration.ofSeconds(10);

    @Test
    void waitsAreSpreadOverALimitThatDoublesUpToTheCap() {
        long seed = RandomGenerator.getDefault().nextLong();
        Duration limit = START;
        for (int attempt = 0; attempt < 12; attempt++) {
            Duration longest = Duration.ZERO;
            Duration shortest = CAP;
            for (int sample = 0; sample < 300; sample++) {
                Backoff backoff = new Backoff(START, CAP, new java.util.SplittableRandom(seed + sample * 31L));
                for (int before = 0; before < attempt; before++) {
                    backoff.next();
                }
                Duration wait = backoff.next();
                assertThat(wait).as("seed %d", seed).isBetween(Duration.ZERO, limit);
                longest = longest.compareTo(wait) > 0 ? longest : wait;
                shortest = shortest.compareTo(wait) < 0 ? shortest : wait;
            }
            assertThat(longest)
                    .as("seed %d", seed)
                    .isGreaterThan(limit.multipliedBy(3).dividedBy(4));
            assertThat(shortest).as("seed %d", seed).isLessThan(limit.dividedBy(4));
            limit = limit.multipliedBy(2).compareTo(CAP) < 0 ? limit.multipliedBy(2) : CAP;
        }
        assertThat(limit).isEqualTo(CAP);
    }

    @Test
    void aSuccessBeginsAnew() {
        Backoff backoff = new Backoff(START, CAP, RandomGenerator.getDefault());
        for (int attempt = 0; attempt < 20; attempt++) {
            backoff.next();
        }
        backoff.reset();

        assertThat(backoff.next()).isLessThanOrEqualTo(START);
    }
}
