package io.interlock.util;

import java.time.Instant;
import java.time.InstantSource;

/** Clock that no change of the system's clock affects: it tells the time of its start and how much has passed since. */
public final class SteadyClock implements InstantSource {

    private final Instant start = Instant.now();
    private final long nanos = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - nanos);
    }
}
