package io.interlock.app.topology.grouping;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.TcpListener.TcpRoute;
import io.interlock.api.topology.VirtualHost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Names that nobody may serve: requests get status 503, connections to a port are closed.
 *
 * @param names the names of requests
 * @param ofPorts the names that TLS clients ask for, by port
 */
record NameReservation(List<HostName> names, Map<Integer, List<HostName>> ofPorts) {

    static final NameReservation NONE = new NameReservation(List.of(), Map.of());

    static NameReservation of(Collection<ClaimedName> claimed) {
        List<HostName> names = new ArrayList<>();
        Map<Integer, List<HostName>> ofPorts = new TreeMap<>();
        for (ClaimedName one : claimed) {
            OptionalInt port = one.listen();
            (port.isEmpty() ? names : ofPorts.computeIfAbsent(port.getAsInt(), any -> new ArrayList<>()))
                    .add(one.name());
        }
        return new NameReservation(names, ofPorts);
    }

    /** Returns the backends, one for requests and one for each port; all without servers. */
    List<Backend> backends() {
        List<Backend> backends = new ArrayList<>();
        if (!names.isEmpty()) {
            backends.add(backend(BackendNames.RESERVED));
        }
        ofPorts.keySet().forEach(port -> backends.add(backend(BackendNames.reserved(port))));
        return backends;
    }

    private static Backend backend(String name) {
        return new Backend(name, List.of(), new HealthCheck.Tcp(), List.of());
    }

    Optional<VirtualHost> virtualHost() {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new VirtualHost(
                        names, List.of(new Route(Route.EVERYTHING, List.of(), 0, BackendNames.RESERVED))));
    }

    /** Returns the routes of a port. */
    List<TcpRoute> routes(int port) {
        return ofPorts.getOrDefault(port, List.of()).stream()
                .map(name -> new TcpRoute(Optional.of(name), BackendNames.reserved(port)))
                .toList();
    }
}
