package io.interlock.app.status.explain;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.topology.VirtualHostFinder;
import io.interlock.app.topology.VirtualHostFinder.Match;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the way of a request through a topology, as every load balancer has to. */
final class RouteFinder {

    private final VirtualHostFinder hosts;
    private final Map<String, Backend> backends = new HashMap<>();

    RouteFinder(Topology topology) {
        hosts = new VirtualHostFinder(topology);
        topology.backends().forEach(backend -> backends.put(backend.name(), backend));
    }

    /** The virtual host of a name. */
    Optional<Match> host(HostName asked) {
        return hosts.find(asked);
    }

    /** The route of a path: the first that matches, conditions taken as not met. */
    static Optional<Route> route(VirtualHost host, String path) {
        return host.routes().stream()
                .filter(route -> !route.asksForMoreThanPath() && route.matchesPath(path))
                .findFirst();
    }

    /** Whether the path of a request decides anything about it; if not, the path stays as it is. */
    static boolean usesPaths(VirtualHost host) {
        return !host.routes().stream().allMatch(Route::isForAllPaths);
    }

    /** The routes of a path that have conditions, and would be taken before that without. */
    static List<Route> conditional(VirtualHost host, String path) {
        return host.routes().stream()
                .takeWhile(route -> route.asksForMoreThanPath() || !route.matchesPath(path))
                .filter(route -> route.matchesPath(path))
                .toList();
    }

    Backend backend(Route route) {
        Backend backend = backends.get(route.backendName());
        if (backend == null) {
            throw new IllegalStateException("a route leads nowhere: " + route);
        }
        return backend;
    }
}
