package io.interlock.stats;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.stats.BackendStats;
import io.interlock.api.stats.ListenerStats;
import io.interlock.api.stats.ProcessStats;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.stats.ServerStats;
import io.interlock.api.stats.Traffic;
import io.interlock.api.status.ContainerStatus;
import io.interlock.api.status.EngineStatus;
import io.interlock.api.status.HostEvent;
import io.interlock.api.status.HostStatus;
import io.interlock.api.status.LoadBalancerStatus;
import io.interlock.api.status.PluginStatus;
import io.interlock.api.status.Problem;
import io.interlock.api.status.ProcessStatus;
import io.interlock.api.status.SinkStatus;
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
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Snapshots to test with: everything that can be there is there. */
final class Snapshots {

    static final Instant NOW = Instant.parse("2026-11-25T03:00:00Z");
    /** What a container may call itself, as far as an engine lets it. */
    static final String HOSTILE = "<script>alert(1)</script>";

    private Snapshots() {}

    /** One virtual host with one server at one load balancer, and one problem. */
    static StatsSnapshot one() {
        return of(1);
    }

    /** As many virtual hosts, each with one server. */
    static StatsSnapshot of(int hosts) {
        List<Backend> backends = IntStream.range(0, hosts)
                .mapToObj(i -> new Backend("www_" + i, List.of(server(i)), new HealthCheck.Tcp(), List.of()))
                .toList();
        List<VirtualHost> virtualHosts = IntStream.range(0, hosts)
                .mapToObj(i -> new VirtualHost(
                        List.of(new HostName("www." + i + ".example"), new HostName("alias." + i + ".example")),
                        List.of(Route.toBackend("www_" + i))))
                .toList();
        HostStatus host = new HostStatus(
                NOW,
                "2.0.0",
                NOW.minusSeconds(60),
                true,
                new TopologySnapshot(7, new Topology(virtualHosts, backends)),
                List.of(new EngineStatus(
                        "local",
                        "unix:///var/run/docker.sock",
                        EngineStatus.State.CONNECTED,
                        Optional.of(NOW.minusSeconds(59)),
                        Optional.empty(),
                        hosts + 1,
                        new EngineStatus.Intake(20, 10, 3, 1, 1))),
                containers(hosts),
                List.of(new PluginStatus(
                        "haproxy",
                        Optional.of("2.0.0"),
                        Optional.of(">=2.0.0 & <3.0.0"),
                        Optional.of("haproxy"),
                        PluginStatus.State.RUNNING,
                        "",
                        "applied at run time")),
                List.of(loadBalancer()),
                List.of(new SinkStatus("stats", 5, 1, 0, "")),
                List.of(problem()),
                List.of(event()),
                new ProcessStatus(
                        4711,
                        "25",
                        Duration.ofMillis(1500),
                        20_000_000,
                        256_000_000,
                        30_000_000,
                        12,
                        3,
                        Duration.ofMillis(7)));
        return new StatsSnapshot(host, Map.of("haproxy", proxy(hosts)));
    }

    private static Server server(int i) {
        try {
            return new Server(
                    "local/c" + i,
                    "web-" + i,
                    InetAddress.getByName("172.17.0.2"),
                    8080,
                    ServerState.READY,
                    Duration.ofSeconds(5));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static List<ContainerStatus> containers(int hosts) {
        return IntStream.rangeClosed(0, hosts)
                .mapToObj(i -> new ContainerStatus(
                        "local",
                        "c" + i,
                        "web-" + i,
                        i == 0 ? HOSTILE : "shop:1",
                        NOW.minusSeconds(30),
                        i == hosts ? ContainerStatus.Outcome.LEFT_OUT : ContainerStatus.Outcome.SERVED,
                        i == hosts ? "port" : "",
                        i == hosts ? List.of() : List.of("www_" + i)))
                .toList();
    }

    private static LoadBalancerStatus loadBalancer() {
        return new LoadBalancerStatus(
                "haproxy",
                "haproxy",
                8080,
                LoadBalancerStatus.State.SERVING,
                "",
                OptionalLong.of(7),
                Optional.of(NOW.minusSeconds(5)),
                Optional.of(new LoadBalancerStatus.Apply(
                        NOW.minusSeconds(5),
                        7,
                        LoadBalancerStatus.Outcome.RELOAD,
                        Duration.ofNanos(1_250_000),
                        "",
                        Optional.of(new ReloadReason(ReloadCause.NO_SPARE_BACKEND, "www_0")))),
                List.of(new LoadBalancerStatus.Tally(LoadBalancerStatus.Outcome.RUNTIME, 6, Duration.ofMillis(9))),
                List.of(new LoadBalancerStatus.ReloadTally(ReloadCause.NO_SPARE_BACKEND, 1)),
                List.of(new Omission("www_0", Optional.of("local/c0"), "backend_options", "foo", "unknown option")));
    }

    private static Problem problem() {
        return new Problem(
                Problem.Severity.ERROR,
                Problem.Source.CONTAINER,
                "broken",
                Optional.of("local/c9"),
                Optional.of("www_0"),
                "INTERLOCK_DATA.port",
                HOSTILE,
                "is no port",
                "give a number from 1 to 65535");
    }

    private static HostEvent event() {
        return new HostEvent(
                3,
                NOW.minusSeconds(4),
                HostEvent.Kind.SERVER_ADDED,
                "web-0",
                Optional.of("local/c0"),
                Optional.of("www_0"),
                "172.17.0.2:8080");
    }

    private static ProxyStats proxy(int hosts) {
        return new ProxyStats(
                NOW,
                new ProcessStats(
                        Optional.of("3.0.11"),
                        Optional.of(Duration.ofSeconds(55)),
                        OptionalInt.of(1),
                        OptionalInt.of(2),
                        OptionalLong.of(4),
                        OptionalLong.of(2048),
                        OptionalLong.of(100),
                        OptionalLong.of(1000)),
                List.of(new ListenerStats("http", traffic())),
                IntStream.range(0, hosts)
                        .mapToObj(i -> new BackendStats("www_" + i, true, traffic(), List.of(serverStats(i))))
                        .toList());
    }

    private static ServerStats serverStats(int i) {
        return new ServerStats(
                "web-" + i,
                ServerStats.State.UP,
                Optional.of(new ServerStats.Check(
                        "L7OK", OptionalInt.of(200), Optional.of(Duration.ofMillis(2)), Optional.of("OK"))),
                Optional.of(Duration.ofSeconds(20)),
                Optional.of(Duration.ofSeconds(1)),
                OptionalInt.of(1),
                traffic());
    }

    private static Traffic traffic() {
        return new Traffic(
                OptionalLong.of(3),
                OptionalLong.of(90),
                OptionalLong.of(500),
                OptionalLong.of(12_345),
                OptionalLong.of(67_890),
                new Traffic.Responses(
                        OptionalLong.of(0),
                        OptionalLong.of(490),
                        OptionalLong.of(5),
                        OptionalLong.of(4),
                        OptionalLong.of(1),
                        OptionalLong.of(0)),
                new Traffic.Errors(
                        OptionalLong.of(1),
                        OptionalLong.of(2),
                        OptionalLong.of(3),
                        OptionalLong.of(4),
                        OptionalLong.of(5),
                        OptionalLong.of(6),
                        OptionalLong.of(7),
                        OptionalLong.of(8)),
                OptionalLong.of(0),
                new Traffic.Times(OptionalLong.of(0), OptionalLong.of(1), OptionalLong.of(12), OptionalLong.of(14)));
    }
}
