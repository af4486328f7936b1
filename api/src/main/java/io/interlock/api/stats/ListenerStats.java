package io.interlock.api.stats;

import io.interlock.api.Experimental;

/**
 * Where a proxy accepts clients.
 *
 * @param name the proxy's own name for it: that of a frontend, say
 * @param traffic all that came in here, whichever backend it went to
 */
@Experimental
public record ListenerStats(String name, TrafficStats traffic) {}
