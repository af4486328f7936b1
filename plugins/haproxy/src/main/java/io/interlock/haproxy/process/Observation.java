package io.interlock.haproxy.process;

import java.util.Optional;

/** What is known of HAProxy right now. */
public sealed interface Observation {

    /** No HAProxy of ours runs. */
    record NotRunning() implements Observation {}

    /**
     * HAProxy runs.
     *
     * @param revision what it says that it serves; empty if it does not say
     */
    record Running(Optional<String> revision) implements Observation {}
}
