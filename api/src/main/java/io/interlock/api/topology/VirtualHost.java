package io.interlock.api.topology;

import java.util.List;

/**
 * Names that are served alike. A name matches whole and without regard to case, whatever port the client adds; an exact
 * name is stronger than a wildcard, and a longer wildcard than a shorter one.
 *
 * @param hostNames at least one, sorted, without doubles
 * @param routes at least one, longest prefix first, no prefix twice
 * @param tls what is asked for about TLS
 */
public record VirtualHost(List<HostName> hostNames, List<Route> routes, HostTls tls)
        implements Comparable<VirtualHost> {

    /**
     * Sorts both lists.
     *
     * @throws IllegalArgumentException if one is empty or two routes have the same prefix
     */
    public VirtualHost {
        hostNames = hostNames.stream().sorted().distinct().toList();
        routes = routes.stream().sorted().toList();
        if (hostNames.isEmpty() || routes.isEmpty()) {
            throw new IllegalArgumentException("a virtual host needs a name and a route: " + hostNames + " " + routes);
        }
        if (routes.stream().map(Route::pathPrefix).distinct().count() != routes.size()) {
            throw new IllegalArgumentException("two routes of " + hostNames + " have the same prefix: " + routes);
        }
    }

    /** One that asks for nothing about TLS. */
    public VirtualHost(List<HostName> hostNames, List<Route> routes) {
        this(hostNames, routes, HostTls.NONE);
    }

    @Override
    public int compareTo(VirtualHost other) {
        return hostNames.getFirst().compareTo(other.hostNames.getFirst());
    }
}
