package io.interlock.app.loadbalancer;

import java.time.Duration;

/**
 * When to act on changes: at once if things were quiet, else when they have been quiet for a while, but never later than
 * a maximum after the first change that waits. Times are those of {@link System#nanoTime}.
 *
 * @param quiet how long no change must come before a burst is taken to be over
 * @param maximumWait how long a change waits at most
 */
public record ApplyDebounce(Duration quiet, Duration maximumWait) {

    public ApplyDebounce {
        if (quiet.isNegative() || maximumWait.compareTo(quiet) < 0) {
            throw new IllegalArgumentException("expected 0 <= quiet <= maximum wait: " + quiet + ", " + maximumWait);
        }
    }

    /**
     * When to act.
     *
     * @param firstWaiting when the first of the changes came that wait
     * @param lastWaiting when the last of them came
     * @param lastActed when the last action ended
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
