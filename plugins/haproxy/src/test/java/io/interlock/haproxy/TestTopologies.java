package io.interlock.haproxy;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.api.topology.VirtualHost;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Small topologies on the loopback address. */
public final class TestTopologies {

    private TestTopologies() {}

    /** One host with a server at each port. */
    public static TopologySnapshot oneHost(String host, int... ports) {
        return snapshot(List.of(host), List.of(), ports);
    }

    public static TopologySnapshot oneHostWithOptions(String host, List<String> options, int... ports) {
        return snapshot(List.of(host), options, ports);
    }

    /** Each host has a backend with a server at each port. */
    public static TopologySnapshot hosts(List<String> hosts, int... ports) {
        return snapshot(hosts, List.of(), ports);
    }

    public static Server server(String name, int port) {
        return new Server(name, name, InetAddress.getLoopbackAddress(), port, ServerState.READY, Duration.ofSeconds(5));
    }

    private static TopologySnapshot snapshot(List<String> hosts, List<String> options, int... ports) {
        List<VirtualHost> virtualHosts = new ArrayList<>();
        List<Backend> backends = new ArrayList<>();
        for (String host : hosts) {
            HostName name = HostName.of(host);
            String backend = Backend.nameFor(name);
            virtualHosts.add(new VirtualHost(List.of(name), List.of(Route.toBackend(backend))));
            List<Server> servers = IntStream.range(0, ports.length)
                    .mapToObj(i -> server("web-" + i, ports[i]))
                    .toList();
            backends.add(new Backend(backend, servers, new HealthCheck.Tcp(), options));
        }
        return new TopologySnapshot(1, new Topology(virtualHosts, backends));
    }
}
