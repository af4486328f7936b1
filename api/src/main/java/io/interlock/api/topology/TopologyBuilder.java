package io.interlock.api.topology;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes topologies that follow each other. Each is as consistent as {@link Topology} says, but checking it costs what changed since
 * the last one, not what there is; what did not change is the same objects. Confined to one thread.
 */
public final class TopologyBuilder {

    private final CheckedList.Draft<VirtualHost, HostName> virtualHosts =
            new CheckedList.Draft<>(host -> host.hostNames().getFirst());
    private final CheckedList.Draft<Backend, String> backends = new CheckedList.Draft<>(Backend::name);
    private final Map<HostName, VirtualHost> owners = new HashMap<>();
    /** How many routes lead to each backend. */
    private final Map<String, Integer> routes = new HashMap<>();
    /** Of them, those that are not there. */
    private final Set<String> missing = new HashSet<>();

    private List<TcpListener> tcpListeners = List.of();

    /** One of nothing. */
    public TopologyBuilder() {}

    /**
     * Has this served.
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
     * Has this served no more.
     *
     * @throws IllegalArgumentException if it is not served; nothing has changed then
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
     * Has this served.
     *
     * @throws IllegalArgumentException if one of its name is; nothing has changed then
     */
    public void put(Backend backend) {
        if (backends.contains(backend.name())) {
            throw new IllegalArgumentException("two backends have the name " + backend.name());
        }
        backends.add(backend);
        note(backend.name());
    }

    /**
     * Has this served no more.
     *
     * @throws IllegalArgumentException if it is not served; nothing has changed then
     */
    public void remove(Backend backend) {
        backends.remove(backend);
        note(backend.name());
    }

    /** Has these served, and no others. */
    public void tcpListeners(List<TcpListener> listeners) {
        tcpListeners = listeners.stream().sorted().toList();
    }

    /**
     * What is to be served now, without certificates.
     *
     * @throws IllegalArgumentException if a route leads nowhere, a port stands twice, or routes of HTTP and TCP lead to the same
     *     backend
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
