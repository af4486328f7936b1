package io.interlock.api.topology;

import io.interlock.api.Experimental;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Port at which TCP connections are accepted and passed on unchanged.
 *
 * @param port 1 to 65535
 * @param routes at least one, by server name, no name twice; the route for every connection last
 */
@Experimental
public record TcpListener(int port, List<TcpRoute> routes) implements Comparable<TcpListener> {

    private static final int MAX_PORT = 65535;

    /**
     * Route of TCP connections to a backend.
     *
     * @param serverName restricts the route to connections that begin with the message of a TLS client that asks for
     *     this name (RFC 6066, server name indication); a name or a wildcard; an exact name is stronger than a
     *     wildcard, and a longer wildcard is stronger than a shorter one; empty: all connections without another route
     * @param backendName name of a backend of the same topology, to which only routes of this port lead
     */
    public record TcpRoute(Optional<HostName> serverName, String backendName) implements Comparable<TcpRoute> {
        /**
         * @throws IllegalArgumentException if the server name is neither a name nor a wildcard, or the backend's name
         *     is invalid
         */
        public TcpRoute {
            if (serverName.isPresent()
                    && !serverName.get().isExact()
                    && !serverName.get().isWildcard()) {
                throw new IllegalArgumentException("no TLS client asks for " + serverName.get());
            }
            Backend.requireName(backendName);
        }

        @Override
        public int compareTo(TcpRoute other) {
            return key().compareTo(other.key());
        }

        private String key() {
            // Sorts after all names.
            return serverName.map(HostName::value).orElse("~");
        }
    }

    /**
     * Sorts the routes.
     *
     * @throws IllegalArgumentException if the port is out of range, there is no route, or two are for the same
     */
    public TcpListener {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port is " + port + ", expected 1 to " + MAX_PORT);
        }
        routes = routes.stream().sorted().toList();
        Set<Optional<HostName>> names = new HashSet<>();
        for (TcpRoute route : routes) {
            if (!names.add(route.serverName())) {
                throw new IllegalArgumentException("two routes of port " + port + " are for the same: " + routes);
            }
        }
        if (routes.isEmpty()) {
            throw new IllegalArgumentException("port " + port + " needs a route");
        }
    }

    @Override
    public int compareTo(TcpListener other) {
        return Integer.compare(port, other.port);
    }
}
