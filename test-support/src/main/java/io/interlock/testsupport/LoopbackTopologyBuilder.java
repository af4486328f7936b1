package io.interlock.testsupport;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Builder of topologies of hosts and their servers on the loopback address, which change one at a time. Unchanged parts
 * are the same objects in the next snapshot, as in the application.
 */
public final class LoopbackTopologyBuilder {

    private final SortedMap<String, Backend> backends = new TreeMap<>();
    private final SortedMap<String, VirtualHost> hosts = new TreeMap<>();
    private final Map<String, HealthCheck> checks = new HashMap<>();
    private final Map<String, List<String>> options = new HashMap<>();
    private long revision;

    /** Adds a server to a host, or changes its port and state. */
    public LoopbackTopologyBuilder put(String host, String server, int port, ServerState state) {
        return put(host, server, port, state, Duration.ofSeconds(5));
    }

    public LoopbackTopologyBuilder put(
            String host, String server, int port, ServerState state, Duration checkInterval) {
        Server added = new Server(server, server, InetAddress.getLoopbackAddress(), port, state, checkInterval);
        List<Server> servers = others(host, server);
        servers.add(added);
        return set(host, servers);
    }

    public LoopbackTopologyBuilder put(String host, String server, int port) {
        return put(host, server, port, ServerState.READY);
    }

    /** Sets the check and the options of a host, for the following calls of {@code put}. */
    public LoopbackTopologyBuilder with(String host, HealthCheck check, String... itsOptions) {
        checks.put(host, check);
        options.put(host, List.of(itsOptions));
        return this;
    }

    public LoopbackTopologyBuilder remove(String host, String server) {
        return set(host, others(host, server));
    }

    public LoopbackTopologyBuilder remove(String host) {
        hosts.remove(host);
        backends.remove(host);
        return this;
    }

    public TopologySnapshot snapshot() {
        return new TopologySnapshot(
                revision++, new Topology(List.copyOf(hosts.values()), List.copyOf(backends.values())));
    }

    private List<Server> others(String host, String server) {
        @Nullable Backend before = backends.get(host);
        List<Server> servers = new ArrayList<>(before == null ? List.of() : before.servers());
        servers.removeIf(each -> each.name().equals(server));
        return servers;
    }

    private LoopbackTopologyBuilder set(String host, List<Server> servers) {
        HostName name = HostName.of(host);
        String backend = Backend.nameFor(name);
        backends.put(
                host,
                new Backend(
                        backend,
                        servers,
                        checks.getOrDefault(host, new HealthCheck.Tcp()),
                        options.getOrDefault(host, List.of())));
        hosts.computeIfAbsent(host, key -> new VirtualHost(List.of(name), List.of(Route.toBackend(backend))));
        return this;
    }
}
