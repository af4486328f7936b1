package io.interlock.api.topology;

import java.util.List;

/**
 * Host names that are served alike. A name matches as a whole and case-insensitively, and a port in the request is
 * ignored; {@link HostName} defines which name is stronger. The strongest matching name decides, even if no route of
 * its virtual host matches.
 *
 * @param hostNames at least one, sorted, without duplicates
 * @param routes at least one, in the order in which they are tried; no two with the same prefix and conditions
 * @param tls the requested TLS settings
 */
public record VirtualHost(List<HostName> hostNames, List<Route> routes, HostTls tls)
        implements Comparable<VirtualHost> {

    /**
     * Sorts both lists; routes whose order {@link Route} leaves open stay in their order.
     *
     * @throws IllegalArgumentException if a list is empty or two routes have the same prefix and conditions
     */
    public VirtualHost {
        hostNames = hostNames.stream().sorted().distinct().toList();
        routes = routes.stream().sorted(Route.FIRST_TO_BE_TRIED).toList();
        if (hostNames.isEmpty() || routes.isEmpty()) {
            throw new IllegalArgumentException("a virtual host needs a name and a route: " + hostNames + " " + routes);
        }
        if (routes.size() > 1
                && routes.stream().map(VirtualHost::matched).distinct().count() != routes.size()) {
            throw new IllegalArgumentException(
                    "two routes of " + hostNames + " have the same prefix and conditions: " + routes);
        }
    }

    private static List<Object> matched(Route route) {
        return List.of(route.pathPrefix(), route.conditions());
    }

    /** Creates a virtual host that requests nothing about TLS. */
    public VirtualHost(List<HostName> hostNames, List<Route> routes) {
        this(hostNames, routes, HostTls.NONE);
    }

    @Override
    public int compareTo(VirtualHost other) {
        return hostNames.getFirst().compareTo(other.hostNames.getFirst());
    }
}
