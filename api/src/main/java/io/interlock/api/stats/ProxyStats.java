package io.interlock.api.stats;

import io.interlock.api.Experimental;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Statistics of a proxy at one moment.
 *
 * @param at when the proxy was asked
 * @param process the proxy as a whole
 * @param listeners its listeners, by name
 * @param backends the backends of the topology, by their names there; a backend that has just left the topology may
 *     still be among them
 * @param refusals how many requests the proxy refused since it last loaded its configuration because it could not tell how an
 *     application reads them, by reason: lower case, with hyphens; empty if the proxy does not count them
 */
@Experimental
public record ProxyStats(
        Instant at,
        ProxyProcessStats process,
        List<ListenerStats> listeners,
        List<BackendStats> backends,
        Map<String, Long> refusals) {
    public ProxyStats {
        listeners = List.copyOf(listeners);
        backends = List.copyOf(backends);
        refusals = Map.copyOf(refusals);
    }
}
