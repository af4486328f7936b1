package io.interlock.util;

import java.time.Duration;

/** Durations for people: {@code 250 ms}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 0 min}, {@code 4 d 1 h}. */
public final class DurationText {

    private DurationText() {}

    /** The two largest units that fit; whole milliseconds below a second. */
    public static String of(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        if (duration.toMinutes() > 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
