package io.interlock.app.loadbalancer;

import java.time.Duration;

/**
 * Limits that decide when to act on changes: at once if there were no recent changes; otherwise after a quiet period,
 * but never later than a maximum after the first waiting change. Times are those of {@link System#nanoTime}.
 *
 * @param quiet time without a change after which a burst counts as over
 * @param maximumWait maximum time that a change waits
 */
public record ApplyDebounce(Duration quiet, Duration maximumWait) {

    public ApplyDebounce {
        if (quiet.isNegative() || maximumWait.compareTo(quiet) < 0) {
            throw new IllegalArgumentException("expected 0 <= quiet <= maximum wait: " + quiet + ", " + maximumWait);
        }
    }

    /**
     * Returns the time at which to act.
     *
     * @param firstWaiting time of the first waiting change
     * @param lastWaiting time of the last waiting change
     * @param lastActed end of the last action
     */
    long actAt(long firstWaiting, long lastWaiting, long lastActed) {
        if (firstWaiting - lastActed >= quiet.toNanos()) {
            return firstWaiting;
        }
        long whenQuiet = lastWaiting + quiet.toNanos();
        long latest = firstWaiting + maximumWait.toNanos();
        return whenQuiet - latest < 0 ? whenQuiet : latest;
    }
}
