package io.interlock.haproxy;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether to reload because HAProxy was found to be otherwise than it was told, while nobody changed anything. Once is mended at once;
 * if it is so again and again then something keeps changing it, and reloads get rarer. Confined to one thread.
 */
final class Mending {

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final LongSupplier clock;
    private Duration pause = Duration.ZERO;
    private long next;

    /**
     * @param clock nanoseconds of any beginning
     */
    Mending(LongSupplier clock) {
        this.clock = clock;
        this.next = clock.getAsLong();
    }

    /** HAProxy is as it was told. */
    void isWell() {
        if (clock.getAsLong() - next >= 0) {
            pause = Duration.ZERO;
        }
    }

    /** HAProxy is not; whether to mend it now. Who does not is to ask again. */
    boolean isDue() {
        long now = clock.getAsLong();
        if (now - next < 0) {
            return false;
        }
        pause = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            pause = LONGEST_PAUSE;
        }
        next = now + pause.toNanos();
        return true;
    }
}
