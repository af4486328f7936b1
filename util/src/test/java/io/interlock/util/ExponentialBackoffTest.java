package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ExponentialBackoffTest {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final long seed = RandomGenerator.getDefault().nextLong();
    private final ExponentialBackoff backoff = new ExponentialBackoff(FIRST, LIMIT, new SplittableRandom(seed));

    @Test
    void pausesDoubleUpToTheLimitWithAtMostAHalfTakenOff() {
        for (long full : new long[] {100, 200, 400, 800, 1000, 1000, 1000}) {
            assertThat(backoff.next().toNanos()).as("seed %d", seed).isBetween(full * 500_000, full * 1_000_000);
        }
    }

    @Test
    void thoseWhoFailTogetherDoNotAllTryAgainTogether() {
        Set<Duration> pauses = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            pauses.add(new ExponentialBackoff(FIRST, LIMIT, new SplittableRandom(seed + i)).next());
        }
        assertThat(pauses).as("seed %d", seed).hasSizeGreaterThan(10);
    }

    @Test
    void afterASuccessThePausesBeginAnew() {
        for (int i = 0; i < 10; i++) {
            backoff.next();
        }
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(FIRST);
    }

    @Test
    void withoutARandomPartAPauseIsDoubledForEachFailureUpToTheLimit() {
        for (int failures = 0; failures < 4; failures++) {
            assertThat(ExponentialBackoff.pause(FIRST, LIMIT, failures)).isEqualTo(FIRST.multipliedBy(1L << failures));
        }
        assertThat(ExponentialBackoff.pause(FIRST, LIMIT, 4)).isEqualTo(LIMIT);
        assertThat(ExponentialBackoff.pause(FIRST, LIMIT, Integer.MAX_VALUE)).isEqualTo(LIMIT);
        assertThat(ExponentialBackoff.pause(LIMIT, FIRST, 0)).isEqualTo(FIRST);
    }
}
