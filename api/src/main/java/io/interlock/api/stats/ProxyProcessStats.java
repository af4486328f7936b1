package io.interlock.api.stats;

import io.interlock.api.Experimental;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Statistics of a proxy as a whole. Counters and connections are those of the serving process, not of the processes
 * that it replaced.
 *
 * @param version the version as the proxy reports it: {@code 3.0.11}
 * @param uptime time since the start of the serving process
 * @param workers number of processes that serve new connections
 * @param oldWorkers number of replaced processes that finish their connections
 * @param connections current client connections
 * @param maxConnections maximum number of simultaneous client connections
 * @param totalConnections connections accepted so far
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
