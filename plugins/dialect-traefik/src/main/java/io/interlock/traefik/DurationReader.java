package io.interlock.traefik;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as Go writes them, {@code 1m30s}; a number alone counts seconds. */
final class DurationReader {

    private static final Pattern WHOLE = Pattern.compile("(?:[0-9]{1,9}(?:ms|s|m|h)){1,4}");
    private static final Pattern PART = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private DurationReader() {}

    static Optional<Duration> read(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            long count = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "ms" -> Duration.ofMillis(count);
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        default -> Duration.ofHours(count);
                    });
        }
        return Optional.of(sum);
    }

    /** Returns a whole number that is not negative; empty if the text is none. */
    static Optional<Long> number(String text) {
        return Pattern.matches("[0-9]{1,15}", text) ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
