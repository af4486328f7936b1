package io.interlock.api.status;

import io.interlock.api.Experimental;
import java.time.Duration;
import java.util.List;

/**
 * Durations of the requests for one host name whose responses have one class of status.
 *
 * @param host the host name in the topology that matched the requested one; {@link #NO_HOST} for requests without a
 *     match, {@link #OTHERS} for all host names beyond a limit
 * @param code the class of status, such as {@code 2xx}; {@link #NO_RESPONSE} without a response
 * @param counts how many requests took up to each of {@link #BOUNDS} but longer than the one before, and as the last
 *     how many took longer than all
 * @param total the sum of the durations
 */
@Experimental
public record LatencyHistogram(String host, String code, List<Long> counts, Duration total) {

    /** Upper bounds, inclusive, in ascending order. */
    public static final List<Duration> BOUNDS = List.of(
            Duration.ofMillis(5),
            Duration.ofMillis(25),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMillis(2_500),
            Duration.ofSeconds(10));

    /** Stands for requests for names that no host name matches. */
    public static final String NO_HOST = "no host";

    /** Stands for the host names that have no histogram of their own. */
    public static final String OTHERS = "others together";

    /** Stands for the class of status of a request without a response. */
    public static final String NO_RESPONSE = "none";

    /**
     * @throws IllegalArgumentException if there is not one count for each bound and one more
     */
    public LatencyHistogram {
        counts = List.copyOf(counts);
        if (counts.size() != BOUNDS.size() + 1) {
            throw new IllegalArgumentException("a histogram has " + (BOUNDS.size() + 1) + " counts: " + counts);
        }
    }

    /** The number of requests. */
    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
