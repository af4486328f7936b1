package io.interlock.api.stats;

import io.interlock.api.Experimental;
import java.time.Instant;
import java.util.List;

/**
 * Statistics of a proxy at one moment.
 *
 * @param at when the proxy was asked
 * @param process the proxy as a whole
 * @param listeners its listeners, by name
 * @param backends the backends of the topology, by their names there; a backend that has just left the topology may
 *     still be among them
 */
@Experimental
public record ProxyStats(
        Instant at, ProxyProcessStats process, List<ListenerStats> listeners, List<BackendStats> backends) {
    public ProxyStats {
        listeners = List.copyOf(listeners);
        backends = List.copyOf(backends);
    }
}
