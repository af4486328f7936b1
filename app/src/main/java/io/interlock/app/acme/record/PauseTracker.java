package io.interlock.app.acme.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Tells when pauses are over. A pause is measured from the moment when it is seen first, on a clock that does not jump:
 * setting the machine's clock neither ends a pause nor makes it longer. Safe for all threads.
 */
public final class PauseTracker {

    private final LongSupplier nanos;
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();

    private record Pause(IssuanceAttempts after, long until) {}

    /**
     * @param nanos a clock that does not jump, in nanoseconds
     */
    public PauseTracker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Whether the pause after the last attempt is over.
     *
     * @param key what the attempts are for
     * @param now by the machine's clock
     */
    public boolean isOver(String key, IssuanceAttempts attempts, Instant now) {
        long ticks = nanos.getAsLong();
        Pause pause = pauses.compute(
                key,
                (any, before) -> before != null && before.after().equals(attempts)
                        ? before
                        : new Pause(attempts, ticks + left(attempts, now).toNanos()));
        return ticks - pause.until() >= 0;
    }

    /** What is left of a pause by the machine's clock, at most all of it. */
    private static Duration left(IssuanceAttempts attempts, Instant now) {
        Duration whole = Duration.between(attempts.at(), attempts.next());
        Duration left = Duration.between(now, attempts.next());
        return left.isNegative() ? Duration.ZERO : left.compareTo(whole) < 0 ? left : whole;
    }
}
