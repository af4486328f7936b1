package io.interlock.app.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.Balance.Algorithm;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.RouteCondition;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.TcpListener;
import io.interlock.api.topology.TlsMaterial;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.capability.CapabilityFilter.FilteredTopology;
import io.interlock.app.topology.field.PolicyKind;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CapabilityFilterTest {

    private static final HealthCheck HTTP = new HealthCheck.Http("GET", "/health", Optional.empty());
    private static final HealthCheck REDIS =
            new HealthCheck.Protocol(HealthCheck.Protocol.Kind.REDIS, Optional.empty());
    private static final HealthCheck TCP = new HealthCheck.Tcp();

    private static Backend backend(String name, HealthCheck check, String... options) {
        Server server = server(name + "-1");
        return new Backend(name, List.of(server), check, List.of(options));
    }

    private static Server server(String name) {
        return new Server(
                "local:" + name, name, InetAddress.getLoopbackAddress(), 80, ServerState.READY, Duration.ofSeconds(5));
    }

    private static VirtualHost host(String name, Route... routes) {
        return new VirtualHost(List.of(new HostName(name)), List.of(routes));
    }

    private static Topology topology(Backend backend, VirtualHost... hosts) {
        return new Topology(List.of(hosts), List.of(backend));
    }

    private static FilteredTopology fit(Topology topology, Capability... capabilities) {
        return new CapabilityFilter("nginx", Set.of(capabilities)).filter(topology);
    }

    @Test
    void whoCanDoEverythingGetsTheTopologyAsItIs() {
        Topology topology = topology(
                backend("b", HTTP, "nolinger"), host("*.example.com", new Route("/api", "b"), Route.toBackend("b")));
        FilteredTopology fitted = new CapabilityFilter("haproxy", EnumSet.allOf(Capability.class)).filter(topology);
        assertThat(fitted.topology()).isSameAs(topology);
        assertThat(fitted.omissions()).isEmpty();
    }

    @Test
    void whatAsksForNothingSpecialIsServedByEverybody() {
        Topology topology = topology(backend("b", TCP), host("www.example.com", Route.toBackend("b")));
        assertThat(fit(topology).topology()).isSameAs(topology);
        assertThat(fit(topology).omissions()).isEmpty();
    }

    @Test
    void anHttpCheckBecomesATcpCheckAndIsReportedWithContainerFieldAndLoadBalancer() {
        FilteredTopology fitted = fit(topology(backend("b", HTTP)), Capability.PROTOCOL_CHECKS);
        assertThat(fitted.topology().backends()).containsExactly(backend("b", TCP));
        assertThat(fitted.omissions()).singleElement().satisfies(omission -> {
            assertThat(omission.backendName()).isEqualTo("b");
            assertThat(omission.field()).isEqualTo("check");
            assertThat(omission.value()).isEqualTo("httpchk GET /health");
            assertThat(omission.reason()).contains("nginx", "HTTP_CHECKS", "b-1", "TCP");
        });
    }

    @Test
    void aProtocolCheckBecomesATcpCheck() {
        FilteredTopology fitted = fit(topology(backend("b", REDIS)), Capability.HTTP_CHECKS);
        assertThat(fitted.topology().backends()).containsExactly(backend("b", TCP));
        assertThat(fitted.omissions()).extracting(Omission::value).containsExactly("redis");
    }

    @Test
    void checksThatCanBeDoneStay() {
        Topology topology = topology(backend("b", REDIS));
        assertThat(fit(topology, Capability.PROTOCOL_CHECKS).topology()).isSameAs(topology);
    }

    @Test
    void optionsAreLeftOutAndReported() {
        FilteredTopology fitted = fit(topology(backend("b", TCP, "nolinger", "tcpka")));
        assertThat(fitted.topology().backends()).containsExactly(backend("b", TCP));
        assertThat(fitted.omissions()).singleElement().satisfies(omission -> {
            assertThat(omission.field()).isEqualTo("backend_options");
            assertThat(omission.value()).isEqualTo("nolinger, tcpka");
        });
    }

    @Test
    void aWildcardIsLeftOutAndTheOtherNamesAreServed() {
        VirtualHost both = new VirtualHost(
                List.of(new HostName("*.example.com"), new HostName("example.com")), List.of(Route.toBackend("b")));
        FilteredTopology fitted = fit(topology(backend("b", TCP), both));
        assertThat(fitted.topology().virtualHosts()).containsExactly(host("example.com", Route.toBackend("b")));
        assertThat(fitted.omissions()).singleElement().satisfies(omission -> {
            assertThat(omission.field()).isEqualTo("hostname");
            assertThat(omission.value()).isEqualTo("*.example.com");
        });
    }

    @Test
    void aHostThatHasOnlyAWildcardIsLeftOut() {
        FilteredTopology fitted = fit(topology(backend("b", TCP), host("*.example.com", Route.toBackend("b"))));
        assertThat(fitted.topology().virtualHosts()).isEmpty();
    }

    @Test
    void aRouteByPathIsLeftOutAndTheOtherRoutesAreServed() {
        FilteredTopology fitted =
                fit(topology(backend("b", TCP), host("www.example.com", new Route("/api", "b"), Route.toBackend("b"))));
        assertThat(fitted.topology().virtualHosts()).containsExactly(host("www.example.com", Route.toBackend("b")));
        assertThat(fitted.omissions()).singleElement().satisfies(omission -> {
            assertThat(omission.field()).isEqualTo("path");
            assertThat(omission.value()).isEqualTo("/api");
        });
    }

    /** Stands for a capability that a later version of the API may add, for example authentication. */
    @Test
    void whatWouldBeUnsafeWithoutIsNotServedAtAllAndTheRestIs() {
        CapabilityRule secret = new CapabilityRule(
                Capability.HTTP_CHECKS,
                backend -> backend.name().equals("secret")
                        ? Optional.of(new CapabilityRule.FieldOmission("auth", "alice", ""))
                        : Optional.empty(),
                Optional.empty());
        Topology topology = new Topology(
                List.of(
                        host("open.example.com", Route.toBackend("open"), new Route("/admin", "secret")),
                        host("secret.example.com", Route.toBackend("secret"))),
                List.of(backend("open", TCP), backend("secret", TCP)));
        FilteredTopology fitted =
                new CapabilityFilter("nginx", Set.of(Capability.PATH_ROUTES), List.of(secret)).filter(topology);
        // The other backend must not get the requests of its routes.
        assertThat(fitted.topology())
                .isEqualTo(new Topology(
                        topology.virtualHosts(),
                        List.of(backend("open", TCP), new Backend("secret", List.of(), TCP, List.of(), List.of()))));
        assertThat(fitted.omissions()).singleElement().satisfies(omission -> {
            assertThat(omission.backendName()).isEqualTo("secret");
            assertThat(omission.field()).isEqualTo("auth");
            assertThat(omission.reason()).contains("secret-1", "not served at all", "not be safe");
        });
    }

    @Test
    void ofManyContainersTheFirstAreNamed() {
        List<Server> servers =
                IntStream.range(0, 8).mapToObj(i -> server("web-" + i)).toList();
        FilteredTopology fitted = fit(topology(new Backend("b", servers, HTTP, List.of())));
        assertThat(fitted.omissions())
                .singleElement()
                .satisfies(omission -> assertThat(omission.reason()).contains("web-0", "web-4 and 3 more"));
    }

    @Test
    void everyKindOfPolicyIsKnown() {
        assertThat(BackendPolicy.class.getPermittedSubclasses())
                .containsExactlyInAnyOrderElementsOf(
                        PolicyKind.all().stream().map(PolicyKind::type).toList());
    }

    @Test
    void aPolicyThatMayBeMissedIsLeftOutAndOneThatMayNotLeavesOutTheBackend() {
        Backend hashed = new Backend(
                "b", backend("b", TCP).servers(), TCP, List.of(), List.of(new BackendPolicy.Balance(Algorithm.SOURCE)));
        FilteredTopology without = fit(topology(hashed));
        assertThat(without.topology()).isEqualTo(topology(backend("b", TCP)));
        assertThat(without.omissions())
                .singleElement()
                .satisfies(omission -> assertThat(omission.field()).isEqualTo("balance, ip_hash"));
        assertThat(fit(topology(hashed), Capability.BALANCE).topology()).isEqualTo(topology(hashed));

        Backend limited =
                new Backend("b", backend("b", TCP).servers(), TCP, List.of(), List.of(new BackendPolicy.BodyLimit(1)));
        FilteredTopology none = fit(topology(limited), Capability.BALANCE);
        assertThat(none.topology()).isEqualTo(topology(new Backend("b", List.of(), TCP, List.of(), List.of())));
        assertThat(none.omissions())
                .singleElement()
                .satisfies(omission -> assertThat(omission.reason()).contains("BODY_LIMITS", "not served at all"));
    }

    @Test
    void namesAndRoutesThatItCannotFindAreNotServedAndTheRestIs() {
        Route exact = new Route("/a", List.of(new RouteCondition.ExactPath(false)), 0, "b");
        Route canary = new Route("/", List.of(new RouteCondition.Header("X-Canary", Optional.empty())), 0, "b");
        Route urgent = new Route("/urgent", List.of(), 5, "b");
        Topology topology = new Topology(
                List.of(new VirtualHost(
                        List.of(HostName.ANY, new HostName("www.example.com"), new HostName("~^a+$")),
                        List.of(Route.toBackend("b"), canary, exact, urgent))),
                List.of(backend("b", TCP)));

        FilteredTopology fitted = fit(topology, Capability.PATH_ROUTES);

        assertThat(fitted.topology().virtualHosts()).containsExactly(host("www.example.com", Route.toBackend("b")));
        assertThat(fitted.omissions())
                .extracting(Omission::field)
                .containsExactlyInAnyOrder("hostname", "hostname", "match", "match", "priority");
        assertThat(fit(
                                topology,
                                Capability.PATH_ROUTES,
                                Capability.ROUTE_CONDITIONS,
                                Capability.CATCH_ALL,
                                Capability.HOST_EXPRESSIONS)
                        .topology())
                .isEqualTo(topology);
    }

    @Test
    void backupsAndExpectationsOfChecksAreServedWithout() {
        Server server = server("b-1");
        Server backup = new Server(
                server.id(),
                server.name(),
                server.address(),
                server.port(),
                server.state(),
                server.checkInterval(),
                1,
                true);
        HealthCheck.Http strict =
                new HealthCheck.Http("GET", "/", Optional.empty(), List.of(), new HealthCheck.Statuses(200, 200));
        Topology topology = topology(new Backend("b", List.of(backup), strict, List.of()));

        FilteredTopology fitted = fit(topology, Capability.HTTP_CHECKS);

        assertThat(fitted.topology())
                .isEqualTo(topology(new Backend(
                        "b", List.of(server), new HealthCheck.Http("GET", "/", Optional.empty()), List.of())));
        assertThat(fitted.omissions())
                .extracting(Omission::field)
                .containsExactlyInAnyOrder("check_status, check_headers", "backup");
    }

    @Test
    void aBackupGetsNothingBesideAnotherServerWhereThereAreNoBackups() {
        Server other = server("b-1");
        Server backup = new Server(
                "local/b-2", "b-2", other.address(), 8081, ServerState.READY, other.checkInterval(), 1, true);
        Topology topology = topology(new Backend("b", List.of(other, backup), TCP, List.of()));

        FilteredTopology fitted = fit(topology);

        assertThat(fitted.topology().backends().getFirst().servers())
                .extracting(Server::name, Server::state, Server::backup)
                .containsExactly(tuple("b-1", ServerState.READY, false), tuple("b-2", ServerState.DRAINING, false));
        assertThat(fitted.omissions()).extracting(Omission::field).containsExactly("backup");
    }

    @Test
    void whatIsPassedOnByTcpNeedsTheCapability() {
        Topology topology = new Topology(
                List.of(host("www.example.com", Route.toBackend("b"))),
                List.of(backend("b", TCP), backend("db", TCP)),
                TlsMaterial.NONE,
                List.of(new TcpListener(5432, List.of(new TcpListener.TcpRoute(Optional.empty(), "db")))));

        FilteredTopology fitted = fit(topology);

        assertThat(fitted.topology()).isEqualTo(new Topology(topology.virtualHosts(), List.of(backend("b", TCP))));
        assertThat(fitted.omissions()).singleElement().satisfies(omission -> {
            assertThat(omission.field()).isEqualTo("listen");
            assertThat(omission.value()).isEqualTo("5432");
        });
        assertThat(fit(topology, Capability.TCP_LISTENERS).topology()).isEqualTo(topology);
    }

    @Test
    void aBackendOfSeveralNamesOfAPortIsLeftOutOnce() {
        Topology topology = new Topology(
                List.of(),
                List.of(backend("db", TCP)),
                TlsMaterial.NONE,
                List.of(new TcpListener(
                        5432,
                        List.of(
                                new TcpListener.TcpRoute(Optional.of(new HostName("a.example.com")), "db"),
                                new TcpListener.TcpRoute(Optional.of(new HostName("b.example.com")), "db")))));

        FilteredTopology fitted = fit(topology);

        assertThat(fitted.topology()).isEqualTo(Topology.EMPTY);
        assertThat(fitted.omissions())
                .singleElement()
                .satisfies(omission -> assertThat(omission.value()).isEqualTo("5432"));
    }
}
