package io.interlock.api.stats;

import io.interlock.api.Experimental;
import java.time.Instant;
import java.util.List;

/**
 * What a proxy counts, at one moment.
 *
 * @param at when it was asked
 * @param process the proxy as a whole
 * @param listeners where it accepts clients, by name
 * @param backends by name; only those of the topology, under the topology's names; one that has
 *     just left it may still be among them
 */
@Experimental
public record ProxyStats(
        Instant at, ProxyProcessStats process, List<ListenerStats> listeners, List<BackendStats> backends) {
    public ProxyStats {
        listeners = List.copyOf(listeners);
        backends = List.copyOf(backends);
    }
}
