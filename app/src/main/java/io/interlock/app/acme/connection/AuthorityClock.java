package io.interlock.app.acme.connection;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The clock of a certificate authority, as its last answer told it. Safe for all threads. */
public class AuthorityClock {

    private final LongSupplier nanos;
    private volatile @Nullable Reading last;

    private record Reading(Instant at, long nanos) {}

    /**
     * @param nanos a clock that does not jump, in nanoseconds
     */
    public AuthorityClock(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Reads the header {@code Date} of an answer. */
    public void observe(String date) {
        try {
            last = new Reading(
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant(),
                    nanos.getAsLong());
        } catch (DateTimeException e) {
            // Not a date: the last one stays.
        }
    }

    /** The authority's time; empty if it has told none. */
    public Optional<Instant> now() {
        Reading reading = last;
        return reading == null
                ? Optional.empty()
                : Optional.of(reading.at().plusNanos(nanos.getAsLong() - reading.nanos()));
    }
}
