package io.interlock.api.stats;

import io.interlock.api.Experimental;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A proxy as a whole. Counts and connections are those of the process that serves, not of those that it replaced.
 *
 * @param version as the proxy gives it: {@code 3.0.11}
 * @param uptime since the process that serves was started
 * @param workers processes that serve new connections
 * @param oldWorkers processes that were replaced and finish what they have
 * @param connections client connections at this moment
 * @param maxConnections the most that it takes at one time
 * @param totalConnections accepted so far
 * @param totalRequests HTTP requests so far
 */
@Experimental
public record ProxyProcessStats(
        Optional<String> version,
        Optional<Duration> uptime,
        OptionalInt workers,
        OptionalInt oldWorkers,
        OptionalLong connections,
        OptionalLong maxConnections,
        OptionalLong totalConnections,
        OptionalLong totalRequests) {}
