package io.interlock.api.topology;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builder of successive topologies. Each is consistent as {@link Topology} describes. The cost of the checks depends on
 * the changes since the last topology, not on its size; unchanged parts are the same objects. Confined to one thread.
 */
public final class TopologyBuilder {

    private final CheckedList.Draft<VirtualHost, HostName> virtualHosts =
            new CheckedList.Draft<>(host -> host.hostNames().getFirst());
    private final CheckedList.Draft<Backend, String> backends = new CheckedList.Draft<>(Backend::name);
    private final Map<HostName, VirtualHost> owners = new HashMap<>();
    /** Number of routes to each backend. */
    private final Map<String, Integer> routes = new HashMap<>();
    /** Names of backends that have routes and do not exist. */
    private final Set<String> missing = new HashSet<>();

    private List<TcpListener> tcpListeners = List.of();

    /** Creates a builder of an empty topology. */
    public TopologyBuilder() {}

    /**
     * Adds a virtual host.
     *
     * @throws IllegalArgumentException if one of its names belongs to another virtual host; nothing has changed then
     */
    public void put(VirtualHost virtualHost) {
        for (HostName name : virtualHost.hostNames()) {
            if (owners.containsKey(name)) {
                throw new IllegalArgumentException("two virtual hosts have the name " + name);
            }
        }
        virtualHosts.add(virtualHost);
        virtualHost.hostNames().forEach(name -> owners.put(name, virtualHost));
        for (Route route : virtualHost.routes()) {
            routes.merge(route.backendName(), 1, Integer::sum);
            note(route.backendName());
        }
    }

    /**
     * Removes a virtual host.
     *
     * @throws IllegalArgumentException if it is not part of the topology; nothing has changed then
     */
    public void remove(VirtualHost virtualHost) {
        virtualHosts.remove(virtualHost);
        virtualHost.hostNames().forEach(owners::remove);
        for (Route route : virtualHost.routes()) {
            routes.computeIfPresent(route.backendName(), (name, count) -> count == 1 ? null : count - 1);
            note(route.backendName());
        }
    }

    /**
     * Adds a backend.
     *
     * @throws IllegalArgumentException if a backend has the same name; nothing has changed then
     */
    public void put(Backend backend) {
        if (backends.contains(backend.name())) {
            throw new IllegalArgumentException("two backends have the name " + backend.name());
        }
        backends.add(backend);
        note(backend.name());
    }

    /**
     * Removes a backend.
     *
     * @throws IllegalArgumentException if it is not part of the topology; nothing has changed then
     */
    public void remove(Backend backend) {
        backends.remove(backend);
        note(backend.name());
    }

    /** Replaces all TCP listeners. */
    public void tcpListeners(List<TcpListener> listeners) {
        tcpListeners = listeners.stream().sorted().toList();
    }

    /**
     * Builds the current topology, without certificates.
     *
     * @throws IllegalArgumentException if a route leads to no backend, a port occurs twice, or routes of HTTP and TCP
     *     lead to the same backend
     */
    public Topology build() {
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("routes lead to backends that are not there: "
                    + missing.stream().sorted(Comparator.naturalOrder()).toList());
        }
        Topology.requireTcp(tcpListeners, backends::contains, routes::containsKey);
        Object together = new Object();
        return new Topology(virtualHosts.list(together), backends.list(together), TlsMaterial.NONE, tcpListeners);
    }

    private void note(String backend) {
        if (routes.containsKey(backend) && !backends.contains(backend)) {
            missing.add(backend);
        } else {
            missing.remove(backend);
        }
    }
}
