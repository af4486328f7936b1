package io.interlock.api.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class TopologyTest {

    private static Backend backend(String name) {
        return new Backend(name, List.of(), new HealthCheck.Tcp(), List.of());
    }

    private static VirtualHost host(String backend, String... names) {
        return new VirtualHost(Stream.of(names).map(HostName::new).toList(), List.of(Route.toBackend(backend)));
    }

    @Test
    void theOrderInWhichPartsBecameKnownMakesNoDifference() {
        Topology one = new Topology(
                List.of(host("x", "b.com", "a.com"), host("y", "c.com")), List.of(backend("x"), backend("y")));
        Topology other = new Topology(
                List.of(host("y", "c.com"), host("x", "a.com", "b.com", "a.com")), List.of(backend("y"), backend("x")));

        assertThat(other).isEqualTo(one).hasToString(one.toString()).hasSameHashCodeAs(one);
    }

    @Test
    void aHostNameBelongsToOneVirtualHost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Topology(List.of(host("x", "a.com", "b.com"), host("x", "b.com")), List.of(backend("x"))))
                .withMessage("two virtual hosts have the name b.com");
    }

    @Test
    void backendsHaveDifferentNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topology(List.of(), List.of(backend("x"), backend("x"))));
    }

    @Test
    void everyRouteLeadsToABackendThatIsThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topology(List.of(host("gone", "a.com")), List.of(backend("x"))))
                .withMessageContaining("leads to backend gone, which is not there");
    }

    @Test
    void whatItIsMadeFromIsCopied() {
        List<Backend> backends = new ArrayList<>(List.of(backend("x")));
        List<VirtualHost> hosts = new ArrayList<>(List.of(host("x", "a.com")));
        Topology topology = new Topology(hosts, backends);
        backends.clear();
        hosts.clear();

        assertThat(topology.backends()).hasSize(1).isUnmodifiable();
        assertThat(topology.virtualHosts()).hasSize(1).isUnmodifiable();
    }

    @Test
    void aVirtualHostNeedsANameAndARouteAndNoPrefixTwice() {
        List<HostName> names = List.of(new HostName("a.com"));
        Route all = Route.toBackend("x");

        assertThatIllegalArgumentException().isThrownBy(() -> new VirtualHost(List.of(), List.of(all)));
        assertThatIllegalArgumentException().isThrownBy(() -> new VirtualHost(names, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VirtualHost(names, List.of(all, Route.toBackend("y"))));
    }

    @Test
    void theLongestPrefixIsTriedFirst() {
        VirtualHost virtualHost = new VirtualHost(
                List.of(new HostName("a.com")),
                List.of(Route.toBackend("x"), new Route("/api/v1", "y"), new Route("/api", "x")));

        assertThat(virtualHost.routes()).extracting(Route::pathPrefix).containsExactly("/api/v1", "/api", "/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api", "/api/", "//", "/a b", "/a\nb", "/a'b", "/a\"b", "/a#b", "/é"})
    void aPrefixIsAPathOfWholeSegments(String prefix) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Route(prefix, "x"));
    }

    @Test
    void aPrefixOfAbsurdLengthIsRefusedQuickly() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Route("/a".repeat(100_000), "x"));
    }

    @Test
    void snapshotsOfTheSameTopologyAreEqualWhateverTheirRevisions() {
        assertThat(new TopologySnapshot(7, Topology.EMPTY))
                .isEqualTo(new TopologySnapshot(8, Topology.EMPTY))
                .hasSameHashCodeAs(new TopologySnapshot(8, Topology.EMPTY))
                .isNotEqualTo(new TopologySnapshot(7, new Topology(List.of(), List.of(backend("x")))));
        assertThatIllegalArgumentException().isThrownBy(() -> new TopologySnapshot(-1, Topology.EMPTY));
    }

    @Test
    void routesAreTriedByPriorityThenPathThenConditionsThenAsTheyStand() {
        RouteCondition one = new RouteCondition.Header("X-One", Optional.empty());
        RouteCondition two = new RouteCondition.Header("X-Two", Optional.empty());
        Route urgent = new Route("/urgent", List.of(), 1, "urgent");
        Route second = new Route("/", List.of(two), 0, "second");
        Route third = new Route("/", List.of(one), 0, "third");
        Route both = new Route("/", List.of(two, one), 0, "both");

        VirtualHost virtualHost = new VirtualHost(
                List.of(new HostName("a.com")),
                List.of(Route.toBackend("x"), second, third, both, new Route("/api", "api"), urgent));

        assertThat(virtualHost.routes())
                .extracting(Route::backendName)
                .containsExactly("urgent", "api", "both", "second", "third", "x");
        assertThat(both.conditions()).containsExactly(one, two);
        assertThat(urgent.isPlain() || second.isPlain()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VirtualHost(
                        List.of(new HostName("a.com")), List.of(second, new Route("/", List.of(two), 5, "other"))));
    }

    @Test
    void conditionsHaveNamesAndValuesThatCanStandInAConfiguration() {
        Optional<String> any = Optional.empty();
        for (String name : List.of("", "a b", "a:b", "a\nb", "\u00e9", "a".repeat(129))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new RouteCondition.Header(name, any));
            assertThatIllegalArgumentException().isThrownBy(() -> new RouteCondition.Cookie(name, any));
            assertThatIllegalArgumentException().isThrownBy(() -> new RouteCondition.Query(name, any));
        }
        for (String value : List.of("", " ", " a", "a ", "a\nb", "a\tb", "\u00e9", "a".repeat(257))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new RouteCondition.Header("X-A", Optional.of(value)));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new RouteCondition.Method(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new RouteCondition.Method(List.of("get")));
        assertThatIllegalArgumentException().isThrownBy(() -> new RouteCondition.Client(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Route(
                        "/",
                        List.of(new RouteCondition.Header("a", any), new RouteCondition.Header("a", any)),
                        0,
                        "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Route("/", List.of(), 1001, "x"));
    }

    @Test
    void whatIsServedByTcpLeadsToBackendsOfItsOwn() {
        TcpListener.TcpRoute all = new TcpListener.TcpRoute(Optional.empty(), "x");
        TcpListener listener =
                new TcpListener(5432, List.of(all, new TcpListener.TcpRoute(Optional.of(new HostName("a.com")), "y")));

        assertThat(listener.routes().getLast()).isEqualTo(all);
        assertThat(new Topology(List.of(), List.of(backend("x"), backend("y")), TlsMaterial.NONE, List.of(listener))
                        .with(TlsMaterial.NONE)
                        .tcpListeners())
                .containsExactly(listener);
        assertThatIllegalArgumentException().isThrownBy(() -> new TcpListener(0, List.of(all)));
        assertThatIllegalArgumentException().isThrownBy(() -> new TcpListener(1, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new TcpListener(1, List.of(all, all)));
        assertThatIllegalArgumentException().isThrownBy(() -> new TcpListener.TcpRoute(Optional.of(HostName.ANY), "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topology(List.of(), List.of(backend("x")), TlsMaterial.NONE, List.of(listener)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topology(
                        List.of(new VirtualHost(List.of(new HostName("a.com")), List.of(Route.toBackend("x")))),
                        List.of(backend("x"), backend("y")),
                        TlsMaterial.NONE,
                        List.of(listener)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topology(
                        List.of(),
                        List.of(backend("x"), backend("y")),
                        TlsMaterial.NONE,
                        List.of(listener, new TcpListener(5432, List.of(all)))));
    }
}
