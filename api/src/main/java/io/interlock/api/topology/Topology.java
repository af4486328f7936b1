package io.interlock.api.topology;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that is to be served. Consistent by construction: each host name belongs to one virtual host, backends have
 * unique names, and every route leads to a backend that is there.
 *
 * @param virtualHosts by their first host name
 * @param backends by name
 * @param tls what TLS clients and certificate authorities get
 */
public record Topology(List<VirtualHost> virtualHosts, List<Backend> backends, Tls tls) {

    /** Nothing is to be served. */
    public static final Topology EMPTY = new Topology(List.of(), List.of());

    /**
     * Sorts both lists.
     *
     * @throws IllegalArgumentException if a host or backend name stands twice or a route leads nowhere
     */
    public Topology {
        virtualHosts = virtualHosts.stream().sorted().toList();
        backends = backends.stream().sorted().toList();
        Set<String> backendNames = backends.stream().map(Backend::name).collect(Collectors.toSet());
        if (backendNames.size() != backends.size()) {
            throw new IllegalArgumentException("two backends have the same name");
        }
        Set<HostName> hostNames = new HashSet<>();
        for (VirtualHost virtualHost : virtualHosts) {
            for (HostName hostName : virtualHost.hostNames()) {
                if (!hostNames.add(hostName)) {
                    throw new IllegalArgumentException("two virtual hosts have the name " + hostName);
                }
            }
            for (Route route : virtualHost.routes()) {
                if (!backendNames.contains(route.backendName())) {
                    throw new IllegalArgumentException(
                            "a route of " + virtualHost.hostNames().getFirst() + " leads to backend "
                                    + route.backendName() + ", which is not there");
                }
            }
        }
    }

    /** One without certificates. */
    public Topology(List<VirtualHost> virtualHosts, List<Backend> backends) {
        this(virtualHosts, backends, Tls.NONE);
    }

    /** The same with these certificates. */
    public Topology with(Tls other) {
        return other.equals(tls) ? this : new Topology(virtualHosts, backends, other);
    }
}
