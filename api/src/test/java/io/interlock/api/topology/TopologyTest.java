package io.interlock.api.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
}
