package io.interlock.app.docker.watch;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the events and requests that watching an engine costs. Safe for all threads. */
final class EngineWatchCounters {

    private final AtomicLong events = new AtomicLong();
    private final AtomicLong eventInspects = new AtomicLong();
    private final AtomicLong otherInspects = new AtomicLong();
    private final AtomicLong resyncs = new AtomicLong();
    private final AtomicLong connects = new AtomicLong();

    void event() {
        events.incrementAndGet();
    }

    void inspect(InspectQueue.Cause cause) {
        (cause == InspectQueue.Cause.EVENT ? eventInspects : otherInspects).incrementAndGet();
    }

    void resync() {
        resyncs.incrementAndGet();
    }

    void connect() {
        connects.incrementAndGet();
    }

    EngineWatchStats read() {
        // Inspects are read before their causes, so that no reader sees more inspects than events.
        long inspectsOfEvents = eventInspects.get();
        return new EngineWatchStats(events.get(), inspectsOfEvents, otherInspects.get(), resyncs.get(), connects.get());
    }
}
