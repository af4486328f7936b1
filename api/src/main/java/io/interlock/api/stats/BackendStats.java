package io.interlock.api.stats;

import io.interlock.api.Experimental;
import java.util.List;

/**
 * What a backend did.
 *
 * @param name as in the topology
 * @param available whether a server can take requests at this moment
 * @param traffic all that went to this backend, requests that found no server included
 * @param servers by name; those that are leaving may still be among them
 */
@Experimental
public record BackendStats(String name, boolean available, TrafficStats traffic, List<ServerStats> servers) {
    public BackendStats {
        servers = List.copyOf(servers);
    }
}
