package io.interlock.app.topology.grouping;

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.TcpListener;
import io.interlock.api.topology.TcpListener.TcpRoute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Assembles the TCP listeners, one for each port. */
final class TcpListenerAssembler {

    private TcpListenerAssembler() {}

    /**
     * @param reservation names at ports of the groups
     */
    static List<TcpListener> of(Collection<BackendGroup> groups, NameReservation reservation) {
        Map<Integer, List<TcpRoute>> routes = new TreeMap<>();
        for (BackendGroup group : groups) {
            group.scope().listen().ifPresent(port -> {
                List<TcpRoute> ofPort = routes.computeIfAbsent(port, any -> new ArrayList<>(reservation.routes(port)));
                for (HostName name : group.names()) {
                    ofPort.add(new TcpRoute(
                            Optional.of(name).filter(one -> !one.isAny()),
                            group.backend().name()));
                }
            });
        }
        return routes.entrySet().stream()
                .map(entry -> new TcpListener(entry.getKey(), entry.getValue()))
                .toList();
    }
}
