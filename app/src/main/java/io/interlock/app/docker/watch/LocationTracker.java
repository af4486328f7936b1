package io.interlock.app.docker.watch;

import io.interlock.app.docker.client.EngineEvent;
import io.interlock.app.inventory.NetworkLocation;
import org.jspecify.annotations.Nullable;

/** Keeps the detected location, and decides when it must be detected again. Not safe for several threads. */
final class LocationTracker {

    private @Nullable NetworkLocation current;
    private boolean guessing;

    /** Takes over a detected location, and returns whether it is another one. */
    boolean detected(NetworkLocation found) {
        guessing = false;
        boolean changed = !found.equals(current);
        current = found;
        return changed;
    }

    /** Whether the event changes the networks of Interlock's own container. */
    boolean dependsOn(EngineEvent event) {
        return current != null
                && event.kind() == EngineEvent.Kind.NETWORK
                && current.isInNetworksOf(event.containerId());
    }

    /** Whether the location is a guess that must be detected again now. The call of {@link #detected} must follow. */
    boolean beginsGuess() {
        boolean begins = !guessing && current != null && !current.isProven();
        guessing |= begins;
        return begins;
    }
}
