package io.interlock.api.topology;

import java.util.List;

/**
 * Names that are served alike. A name matches whole and without regard to case, whatever port the client adds; which is stronger,
 * {@link HostName} says. The strongest name that matches decides, even if no route of its virtual host does.
 *
 * @param hostNames at least one, sorted, without doubles
 * @param routes at least one, in the order in which they are to be tried; no two with the same prefix and conditions
 * @param tls what is asked for about TLS
 */
public record VirtualHost(List<HostName> hostNames, List<Route> routes, HostTls tls)
        implements Comparable<VirtualHost> {

    /**
     * Sorts both lists; routes between which {@link Route} does not decide stay as they are.
     *
     * @throws IllegalArgumentException if one is empty or two routes have the same prefix and conditions
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

    /** One that asks for nothing about TLS. */
    public VirtualHost(List<HostName> hostNames, List<Route> routes) {
        this(hostNames, routes, HostTls.NONE);
    }

    @Override
    public int compareTo(VirtualHost other) {
        return hostNames.getFirst().compareTo(other.hostNames.getFirst());
    }
}
