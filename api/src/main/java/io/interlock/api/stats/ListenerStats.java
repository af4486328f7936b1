package io.interlock.api.stats;

import io.interlock.api.Experimental;

/**
 * Statistics of a listener, at which a proxy accepts clients.
 *
 * @param name the proxy's own name for it, for example that of a frontend
 * @param traffic all traffic of this listener, for all backends
 */
@Experimental
public record ListenerStats(String name, TrafficStats traffic) {}
