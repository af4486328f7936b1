package io.interlock.app.acme;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Clock that stands still until time passes or somebody sets it, in either direction. */
public final class MovableClock extends Clock {

    private final AtomicReference<Instant> now;
    private final AtomicLong nanos = new AtomicLong();

    public MovableClock(Instant now) {
        this.now = new AtomicReference<>(now);
    }

    /** Time passes. */
    public void move(Duration by) {
        nanos.addAndGet(by.toNanos());
        jump(by);
    }

    /** Somebody sets the clock. */
    public void jump(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }

    /** The clock that nobody sets. */
    public long nanos() {
        return nanos.get();
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
