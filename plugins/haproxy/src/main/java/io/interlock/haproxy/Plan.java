package io.interlock.haproxy;

import io.interlock.haproxy.process.Observation;
import java.util.Optional;

/** What is to be done, given what runs and what is wanted. Pure. */
enum Plan {
    /** HAProxy serves it already. */
    NOTHING,
    /** HAProxy does not run. */
    START,
    /** HAProxy serves something else. */
    RELOAD;

    static Plan of(Observation observed, String wantedRevision) {
        return switch (observed) {
            case Observation.NotRunning() -> START;
            case Observation.Running(Optional<String> revision) ->
                revision.equals(Optional.of(wantedRevision)) ? NOTHING : RELOAD;
        };
    }
}
