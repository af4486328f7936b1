package io.interlock.haproxy.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps an HAProxy that ends again and again from being started without a pause. The first end after a long life costs no
 * pause; each one soon after a start doubles it.
 */
final class RestartGuard {

    private static final Duration LONG_LIFE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final int MOST_DOUBLINGS = 7;

    private final Clock clock;
    private Instant started = Instant.EPOCH;
    private Instant notBefore = Instant.EPOCH;
    private int soonEnded;

    RestartGuard(Clock clock) {
        this.clock = clock;
    }

    void started() {
        started = clock.instant();
    }

    /** HAProxy was found to have ended by itself. */
    void ended() {
        Instant now = clock.instant();
        soonEnded = Duration.between(started, now).compareTo(LONG_LIFE) < 0 ? soonEnded + 1 : 0;
        notBefore =
                soonEnded > 1 ? now.plus(FIRST_PAUSE.multipliedBy(1L << Math.min(soonEnded - 2, MOST_DOUBLINGS))) : now;
    }

    /** How often HAProxy ended soon after its start, without a long life in between. */
    int soonEnded() {
        return soonEnded;
    }

    /** How long to wait before the next start; zero or less: not at all. */
    Duration pause() {
        return Duration.between(clock.instant(), notBefore);
    }
}
