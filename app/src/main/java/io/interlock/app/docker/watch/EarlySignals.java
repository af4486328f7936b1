package io.interlock.app.docker.watch;

import io.interlock.app.docker.client.EngineEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Signals to containers whose stop signal is not known yet, for a limited number of containers. Not safe for several threads. */
final class EarlySignals {

    /** A container is sent more only by somebody who means harm. */
    private static final int MAX_SIGNALS = 16;

    private final Map<String, List<EngineEvent>> signals = new HashMap<>();
    private final int maxContainers;

    EarlySignals(int maxContainers) {
        this.maxContainers = maxContainers;
    }

    /** Keeps a signal; false if there are too many containers. */
    boolean add(EngineEvent signal) {
        String id = signal.containerId();
        if (signals.size() >= maxContainers && !signals.containsKey(id)) {
            return false;
        }
        List<EngineEvent> ofContainer = signals.computeIfAbsent(id, unseen -> new ArrayList<>());
        if (ofContainer.size() < MAX_SIGNALS) {
            ofContainer.add(signal);
        }
        return true;
    }

    /** Removes the signals of a container and returns them in their order. */
    List<EngineEvent> take(String id) {
        List<EngineEvent> taken = signals.remove(id);
        return taken == null ? List.of() : taken;
    }

    /** Forgets the signals of all other containers. */
    void retain(Predicate<String> ids) {
        signals.keySet().removeIf(id -> !ids.test(id));
    }

    void clear() {
        signals.clear();
    }
}
