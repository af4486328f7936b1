package io.interlock.testkit;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HealthCheck.Protocol.Kind;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Generator of random topologies with all variants of the model: several names and wildcards, paths, backends that are
 * empty or have IPv6 servers, every kind of check, options that a proxy may not know. The same seed gives the same
 * topologies; a failing test should report the seed. Confined to one thread.
 */
public final class TopologyGenerator {

    private static final List<String> OPTIONS =
            List.of("httpclose", "http-no-delay", "forceclose", "forwardfor except 127.0.0.1", "no-such-option");
    private static final List<String> PATHS = List.of("/api", "/api/v1", "/a%20b", "/x(y)");
    private static final List<HealthCheck> CHECKS = List.of(
            new HealthCheck.Tcp(),
            new HealthCheck.Http("GET", "/", Optional.empty()),
            new HealthCheck.Http("HEAD", "/health?a=b#%[c]", Optional.of(new HostName("example.com"))),
            new HealthCheck.Http("OPTIONS", "*", Optional.empty()),
            new HealthCheck.Protocol(Kind.MYSQL, Optional.of("haproxy")),
            new HealthCheck.Protocol(Kind.POSTGRESQL, Optional.of("pg.user-1")),
            new HealthCheck.Protocol(Kind.REDIS, Optional.empty()),
            new HealthCheck.Protocol(Kind.TLS, Optional.empty()));

    private final RandomGenerator random;

    public TopologyGenerator(long seed) {
        random = new Random(seed);
    }

    /**
     * Generates the next topology.
     *
     * @param maxVirtualHosts maximum number of virtual hosts, at least 0; there may be none
     */
    public Topology next(int maxVirtualHosts) {
        List<VirtualHost> virtualHosts = new ArrayList<>();
        List<Backend> backends = new ArrayList<>();
        int count = random.nextInt(maxVirtualHosts + 1);
        for (int i = 0; i < count; i++) {
            List<HostName> names = names(i);
            Backend backend = backend(Backend.nameFor(names.getFirst()));
            backends.add(backend);
            virtualHosts.add(new VirtualHost(names, routes(backends)));
        }
        return new Topology(virtualHosts, backends);
    }

    private List<HostName> names(int index) {
        List<HostName> names = new ArrayList<>();
        String label =
                List.of("www", "a-b", "a_b", "xn--bcher-kva", "w".repeat(63)).get(random.nextInt(5));
        names.add(new HostName((random.nextInt(8) == 0 ? "*." : "") + label + ".h" + index + ".example.com"));
        for (int i = random.nextInt(3); i > 0; i--) {
            names.add(new HostName("alias" + i + ".h" + index + ".example.org"));
        }
        return names;
    }

    /** Returns a route for everything to the latest backend, and sometimes a route for a path to an earlier one. */
    private List<Route> routes(List<Backend> backends) {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.toBackend(backends.getLast().name()));
        if (random.nextInt(4) == 0) {
            routes.add(new Route(pick(PATHS), pick(backends).name()));
        }
        return routes;
    }

    private Backend backend(String name) {
        List<Server> servers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            servers.add(server(name, i));
        }
        List<String> options = random.nextInt(3) == 0 ? List.of(pick(OPTIONS)) : List.of();
        return new Backend(name, servers, pick(CHECKS), options);
    }

    private Server server(String backend, int number) {
        return new Server(
                "engine-1/" + Integer.toHexString(backend.hashCode()) + number,
                pick(List.of("web-", "Web_1.", "0")) + number,
                address(),
                random.nextInt(1, 65_536),
                random.nextInt(5) == 0 ? ServerState.DRAINING : ServerState.READY,
                Duration.ofMillis(random.nextInt(100, 60_000)),
                random.nextInt(4) == 0 ? random.nextInt(1, 257) : 1);
    }

    private InetAddress address() {
        byte[] bytes = new byte[random.nextInt(4) == 0 ? 16 : 4];
        random.nextBytes(bytes);
        bytes[0] = (byte) (bytes.length == 4 ? 10 : 0xfd);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("not an address", e);
        }
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
