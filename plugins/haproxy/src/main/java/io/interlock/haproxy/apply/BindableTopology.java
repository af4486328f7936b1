package io.interlock.haproxy.apply;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.TcpListener;
import io.interlock.api.topology.TcpListener.TcpRoute;
import io.interlock.api.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Topology without the listeners at ports where HAProxy cannot listen: a reload that cannot bind one port refuses all
 * clients at every port.
 *
 * @param topology the part that can be served
 * @param omissions the parts that cannot be served
 */
record BindableTopology(Topology topology, List<Omission> omissions) {

    /**
     * @param obstacle returns why HAProxy cannot listen at a port; empty if it can
     */
    static BindableTopology of(Topology topology, IntFunction<Optional<String>> obstacle) {
        List<Omission> omissions = new ArrayList<>();
        List<TcpListener> listeners = new ArrayList<>();
        Set<String> gone = new HashSet<>();
        for (TcpListener listener : topology.tcpListeners()) {
            Optional<String> reason = obstacle.apply(listener.port());
            if (reason.isEmpty()) {
                listeners.add(listener);
                continue;
            }
            for (TcpRoute route : listener.routes()) {
                if (gone.add(route.backendName())) {
                    omissions.add(new Omission(
                            route.backendName(),
                            Optional.empty(),
                            "listen",
                            Integer.toString(listener.port()),
                            "not served at this port, tried again with the next change: " + reason.get()));
                }
            }
        }
        if (omissions.isEmpty()) {
            return new BindableTopology(topology, omissions);
        }
        return new BindableTopology(
                new Topology(
                        topology.virtualHosts(),
                        topology.backends().stream()
                                .filter(backend -> !gone.contains(backend.name()))
                                .toList(),
                        topology.tls(),
                        listeners),
                omissions);
    }
}
