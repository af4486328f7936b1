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

/** Topologies in a few words, named and connected as Interlock does it. */
public final class TopologyFixtures {

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

    private TopologyFixtures() {}

    /** Topologies side by side; no host name may stand in two of them. */
    public static Topology of(Topology... parts) {
        return new Topology(
                Arrays.stream(parts)
                        .flatMap(part -> part.virtualHosts().stream())
                        .toList(),
                Arrays.stream(parts).flatMap(part -> part.backends().stream()).toList());
    }

    /** One host name and its servers. */
    public static Topology host(String hostName, Server... servers) {
        return host(List.of(hostName), servers);
    }

    /** Host names that share one backend, which is named after the first. */
    public static Topology host(List<String> hostNames, Server... servers) {
        String backendName = Backend.nameFor(HostName.of(hostNames.getFirst()));
        return host(hostNames, new Backend(backendName, List.of(servers), new HealthCheck.Tcp(), List.of()));
    }

    /** Host names that lead to a certain backend. */
    public static Topology host(List<String> hostNames, Backend backend) {
        VirtualHost virtualHost = new VirtualHost(
                hostNames.stream().map(HostName::of).toList(), List.of(Route.toBackend(backend.name())));
        return new Topology(List.of(virtualHost), List.of(backend));
    }

    /** A server that takes requests and is checked every five seconds. */
    public static Server server(String name, String address, int port) {
        return server(name, address, port, ServerState.READY);
    }

    /** A server that finishes what it has. */
    public static Server draining(String name, String address, int port) {
        return server(name, address, port, ServerState.DRAINING);
    }

    private static Server server(String name, String address, int port, ServerState state) {
        return new Server("local/" + name, name, ip(address), port, state, CHECK_INTERVAL);
    }

    /**
     * An address from its literal.
     *
     * @throws IllegalArgumentException if the text is a name, which would have to be looked up
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
