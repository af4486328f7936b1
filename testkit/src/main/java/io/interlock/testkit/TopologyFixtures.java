package io.interlock.testkit;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Short methods that create topologies, with the names and connections that Interlock uses. */
public final class TopologyFixtures {

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    private TopologyFixtures() {}

    /** Combines topologies; no host name may occur in two of them. */
    public static Topology of(Topology... parts) {
        return new Topology(
                Arrays.stream(parts)
                        .flatMap(part -> part.virtualHosts().stream())
                        .toList(),
                Arrays.stream(parts).flatMap(part -> part.backends().stream()).toList());
    }

    /** Creates a topology of one host name and its servers. */
    public static Topology host(String hostName, Server... servers) {
        return host(List.of(hostName), servers);
    }

    /** Creates a topology of host names that share one backend, which is named after the first. */
    public static Topology host(List<String> hostNames, Server... servers) {
        String backendName = Backend.nameFor(HostName.of(hostNames.getFirst()));
        return host(hostNames, new Backend(backendName, List.of(servers), new HealthCheck.Tcp(), List.of()));
    }

    /** Creates a topology of host names that lead to a given backend. */
    public static Topology host(List<String> hostNames, Backend backend) {
        VirtualHost virtualHost = new VirtualHost(
                hostNames.stream().map(HostName::of).toList(), List.of(Route.toBackend(backend.name())));
        return new Topology(List.of(virtualHost), List.of(backend));
    }

    /** Creates a server that takes requests and is checked every five seconds. */
    public static Server server(String name, String address, int port) {
        return server(name, address, port, ServerState.READY);
    }

    /** Creates a draining server. */
    public static Server draining(String name, String address, int port) {
        return server(name, address, port, ServerState.DRAINING);
    }

    private static Server server(String name, String address, int port, ServerState state) {
        return new Server("local/" + name, name, ip(address), port, state, CHECK_INTERVAL);
    }

    /**
     * Parses the literal of an address.
     *
     * @throws IllegalArgumentException if the text is a name, which would need a lookup
     */
    private static InetAddress ip(String literal) {
        if (Stream.of(".", ":").noneMatch(literal::contains) || literal.matches(".*[g-zG-Z].*")) {
            throw new IllegalArgumentException("not an IP address: " + literal);
        }
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an IP address: " + literal, e);
        }
    }
}
