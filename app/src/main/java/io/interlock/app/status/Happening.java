package io.interlock.app.status;

import io.interlock.api.status.HostEvent;
import io.interlock.api.status.HostEvent.Kind;
import java.time.Instant;
import java.util.Optional;

/** An event that has no number and no time yet; its parts are those of a {@link HostEvent}. */
record Happening(Kind kind, String subject, Optional<String> container, Optional<String> backendName, String text) {

    static Happening of(Kind kind, String subject, String text) {
        return new Happening(kind, subject, Optional.empty(), Optional.empty(), text);
    }

    HostEvent event(long sequence, Instant at) {
        return new HostEvent(sequence, at, kind, subject, container, backendName, text);
    }
}
