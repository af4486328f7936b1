package io.interlock.app.status;

import io.interlock.api.status.InterlockEvent;
import io.interlock.api.status.InterlockEvent.Kind;
import java.time.Instant;
import java.util.Optional;

/** An event that has no number and no time yet; its parts are those of a {@link InterlockEvent}. */
record EventDraft(Kind kind, String subject, Optional<String> container, Optional<String> backendName, String text) {

    static EventDraft of(Kind kind, String subject, String text) {
        return new EventDraft(kind, subject, Optional.empty(), Optional.empty(), text);
    }

    InterlockEvent event(long sequence, Instant at) {
        return new InterlockEvent(sequence, at, kind, subject, container, backendName, text);
    }
}
