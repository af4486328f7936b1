package io.interlock.app.acme;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** Clock that stands still until it is moved, in either direction. */
final class MovableClock extends Clock {

    private final AtomicReference<Instant> now;

    MovableClock(Instant now) {
        this.now = new AtomicReference<>(now);
    }

    void move(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("there are instants only");
    }
}
