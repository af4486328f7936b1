package io.interlock.haproxy.plan;

import io.interlock.api.loadbalancer.Omission;
import java.util.List;

/**
 * A backend as HAProxy is to have it.
 *
 * @param name the topology's
 * @param directives whole lines of the configuration, besides those that every backend has
 * @param servers by name
 * @param omissions what was asked for and is not in here
 */
public record BackendSpec(String name, List<String> directives, List<ServerSpec> servers, List<Omission> omissions)
        implements Comparable<BackendSpec> {
    public BackendSpec {
        directives = List.copyOf(directives);
        servers = List.copyOf(servers);
        omissions = List.copyOf(omissions);
    }

    @Override
    public int compareTo(BackendSpec other) {
        return name.compareTo(other.name);
    }
}
