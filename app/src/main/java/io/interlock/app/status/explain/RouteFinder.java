package io.interlock.app.status.explain;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds the way of a request through a topology, as every load balancer has to. */
final class RouteFinder {

    private final Map<HostName, VirtualHost> hosts = new HashMap<>();
    private final Map<String, Backend> backends = new HashMap<>();

    RouteFinder(Topology topology) {
        topology.virtualHosts().forEach(host -> host.hostNames().forEach(name -> hosts.put(name, host)));
        topology.backends().forEach(backend -> backends.put(backend.name(), backend));
    }

    /** A virtual host, and the name of it that matched. */
    record Match(VirtualHost host, HostName name) {}

    /** The virtual host of a name: that of the strongest name that matches. */
    Optional<Match> host(HostName asked) {
        VirtualHost exact = hosts.get(asked);
        if (exact != null) {
            return Optional.of(new Match(exact, asked));
        }
        String domain = asked.domain();
        for (int dot = !asked.isExact() ? -1 : domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.')) {
            domain = domain.substring(dot + 1);
            HostName wildcard = new HostName("*." + domain);
            VirtualHost host = hosts.get(wildcard);
            if (host != null) {
                return Optional.of(new Match(host, wildcard));
            }
        }
        return asked.isExact() ? expression(asked).or(this::any) : Optional.empty();
    }

    private Optional<Match> expression(HostName asked) {
        return hosts.keySet().stream()
                .filter(name -> name.isExpression() && asked.value().matches(name.expression()))
                .min(Comparator.comparingInt((HostName name) -> -name.value().length())
                        .thenComparing(Comparator.naturalOrder()))
                .map(name -> new Match(Objects.requireNonNull(hosts.get(name)), name));
    }

    private Optional<Match> any() {
        return Optional.ofNullable(hosts.get(HostName.ANY)).map(host -> new Match(host, HostName.ANY));
    }

    /** The route of a path: the first that matches, conditions taken as not met. */
    static Optional<Route> route(VirtualHost host, String path) {
        return host.routes().stream()
                .filter(route -> !hasConditions(route) && route.matchesPath(path))
                .findFirst();
    }

    /** Whether the path of a request decides anything about it; if not, the path stays as it is. */
    static boolean usesPaths(VirtualHost host) {
        return !host.routes().stream().allMatch(Route::isForAllPaths);
    }

    /** The routes of a path that have conditions, and would be taken before that without. */
    static List<Route> conditional(VirtualHost host, String path) {
        return host.routes().stream()
                .takeWhile(route -> hasConditions(route) || !route.matchesPath(path))
                .filter(route -> route.matchesPath(path))
                .toList();
    }

    /** Whether more than the path decides. */
    private static boolean hasConditions(Route route) {
        return route.conditions().size() > (route.isExact() ? 1 : 0);
    }

    Backend backend(Route route) {
        Backend backend = backends.get(route.backendName());
        if (backend == null) {
            throw new IllegalStateException("a route leads nowhere: " + route);
        }
        return backend;
    }
}
