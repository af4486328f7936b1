package io.interlock.api.topology;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Everything that must be served. It is consistent by construction: each host name belongs to one virtual host,
 * backends have unique names, and every route leads to an existing backend.
 *
 * @param virtualHosts by their first host name
 * @param backends by name
 * @param tls certificates and challenges
 * @param tcpListeners by port
 */
public record Topology(
        List<VirtualHost> virtualHosts, List<Backend> backends, TlsMaterial tls, List<TcpListener> tcpListeners) {

    /** Topology that serves nothing. */
    public static final Topology EMPTY = new Topology(List.of(), List.of());

    /**
     * Sorts the lists.
     *
     * @throws IllegalArgumentException if a host or backend name or a port occurs twice, a route leads to no backend,
     *     or routes of HTTP and TCP lead to the same backend
     */
    public Topology {
        tcpListeners = sorted(tcpListeners);
        if (!CheckedList.together(virtualHosts, backends)) {
            virtualHosts = sorted(virtualHosts);
            backends = sorted(backends);
            Set<String> backendNames = HashSet.newHashSet(backends.size());
            for (Backend backend : backends) {
                if (!backendNames.add(backend.name())) {
                    throw new IllegalArgumentException("two backends have the name " + backend.name());
                }
            }
            requireHttp(virtualHosts, backendNames);
            if (!tcpListeners.isEmpty()) {
                Set<String> ofHttp = new HashSet<>();
                virtualHosts.forEach(host -> host.routes().forEach(route -> ofHttp.add(route.backendName())));
                requireTcp(tcpListeners, backendNames::contains, ofHttp::contains);
            }
        }
    }

    private static void requireHttp(List<VirtualHost> virtualHosts, Set<String> backendNames) {
        Set<HostName> hostNames = HashSet.newHashSet(virtualHosts.size());
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

    static void requireTcp(List<TcpListener> tcpListeners, Predicate<String> isThere, Predicate<String> isOfHttp) {
        Set<Integer> ports = new HashSet<>();
        for (TcpListener listener : tcpListeners) {
            if (!ports.add(listener.port())) {
                throw new IllegalArgumentException("two TCP listeners have port " + listener.port());
            }
            for (TcpListener.TcpRoute route : listener.routes()) {
                if (!isThere.test(route.backendName()) || isOfHttp.test(route.backendName())) {
                    throw new IllegalArgumentException("a route of port " + listener.port() + " leads to backend "
                            + route.backendName() + ", which is not there or one of HTTP");
                }
            }
        }
    }

    private static <T extends Comparable<T>> List<T> sorted(List<T> list) {
        List<T> sorted = new ArrayList<>(list);
        sorted.sort(null);
        return List.copyOf(sorted);
    }

    /** Creates a topology without TCP listeners. */
    public Topology(List<VirtualHost> virtualHosts, List<Backend> backends, TlsMaterial tls) {
        this(virtualHosts, backends, tls, List.of());
    }

    /** Creates a topology without certificates and TCP listeners. */
    public Topology(List<VirtualHost> virtualHosts, List<Backend> backends) {
        this(virtualHosts, backends, TlsMaterial.NONE);
    }

    /** Returns a copy with these certificates. */
    public Topology with(TlsMaterial other) {
        return other.equals(tls) ? this : new Topology(virtualHosts, backends, other, tcpListeners);
    }
}
