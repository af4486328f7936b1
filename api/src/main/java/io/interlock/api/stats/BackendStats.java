package io.interlock.api.stats;

import io.interlock.api.Experimental;
import java.util.List;

/**
 * Statistics of a backend.
 *
 * @param name the backend's name in the topology
 * @param available whether a server can take requests at this moment
 * @param traffic all traffic of this backend, including requests that found no server
 * @param servers the servers, by name; servers that are being removed may still be among them
 */
@Experimental
public record BackendStats(String name, boolean available, TrafficStats traffic, List<ServerStats> servers) {
    public BackendStats {
        servers = List.copyOf(servers);
    }
}
