package io.interlock.app.topology;

import static io.interlock.app.topology.ContainerFactsBuilder.assembleFrom;
import static io.interlock.app.topology.ContainerFactsBuilder.ip;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.NetworkLocation.Separate;
import io.interlock.app.inventory.NetworkLocation.Separation;
import io.interlock.app.inventory.RouteEvidence;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.findings.Finding.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An address is used only if there is evidence that it leads to the container, and never because it looks right. */
@Tag("unit")
class SeparateNetworkAssemblyTest {

    private static final NetworkLocation ON_HOST = new NetworkLocation.OnHost();
    private static final NetworkLocation REMOTE = new NetworkLocation.Remote(ip("192.0.2.10"));
    private static final NetworkLocation GUESS =
            new NetworkLocation.InContainer(Set.of(), Optional.of(ip("172.18.0.1")));

    @ParameterizedTest
    @CsvSource({
        "INTERFACE, 10.1.0.2:8080",
        "ROUTE, 10.1.0.2:8080",
        "UNKNOWN, 10.1.0.2:8080",
        "CONFIGURED, 10.1.0.2:8080",
        "NO_INTERFACE, 127.0.0.1:32768",
        "NO_ADDRESS, 127.0.0.1:32768",
        "NO_ROUTE, 127.0.0.1:32768",
        "OWN_ADDRESS, 127.0.0.1:32768"
    })
    void onTheHostAnAddressWithEvidenceAgainstItIsReplacedByThePublishedPort(RouteEvidence evidence, String endpoint) {
        assertThat(endpoint(assembleFrom(
                        ON_HOST,
                        web("www.example.com")
                                .network("n", "bridge", "10.1.0.2", evidence)
                                .publishes(8080, "0.0.0.0", 32768))))
                .isEqualTo(endpoint);
    }

    @ParameterizedTest
    @CsvSource({
        "bridge, NO_INTERFACE, this host has no interface in its network n",
        "bridge, NO_ADDRESS, this host has no address in its network n",
        "macvlan, NO_ROUTE, no route of this host leads to 10.1.0.2 in its network n of driver macvlan",
        "overlay, NO_ROUTE, no route of this host leads to 10.1.0.2 in its network n of driver overlay",
        "macvlan, OWN_ADDRESS, 10.1.0.2 in its network n of driver macvlan is an address of this host"
    })
    void withoutAPublishedPortTheCaseAndTheWayOutAreNamed(String driver, RouteEvidence evidence, String reason) {
        assertThat(leftOut(assembleFrom(ON_HOST, web("www.example.com").network("n", driver, "10.1.0.2", evidence))))
                .contains(reason, "10.1.0.2", "not served", "publish the port", "routed_networks");
    }

    @Test
    void ofSeveralNetworksTheOneWithEvidenceIsUsed() {
        assertThat(endpoint(assembleFrom(
                        ON_HOST,
                        web("www.example.com")
                                .networkMode("a")
                                .network("a", "bridge", "10.1.0.2", RouteEvidence.NO_ADDRESS)
                                .network("b", "bridge", "10.2.0.2", RouteEvidence.INTERFACE))))
                .isEqualTo("10.2.0.2:8080");
    }

    @ParameterizedTest
    @CsvSource({"ROOTLESS, rootless", "DESKTOP, virtual machine", "MACHINE, another machine", "NAMESPACE, namespace"})
    void inASeparateNetworkNoAddressIsUsedWhateverTheHostShows(Separation separation, String reason) {
        NetworkLocation loopback = new Separate(separation, "vm", List.of(ip("127.0.0.1"), ip("::1")), false);
        NetworkLocation nowhere = new Separate(separation, "vm", List.of(), false);
        ContainerFactsBuilder published = web("www.example.com")
                .network("bridge", "bridge", "172.17.0.2", RouteEvidence.INTERFACE)
                .publishes(8080, "0.0.0.0", 32768);

        assertThat(endpoint(assembleFrom(loopback, published))).isEqualTo("127.0.0.1:32768");
        assertThat(leftOut(assembleFrom(nowhere, published))).contains(reason, "published_address");
        assertThat(leftOut(assembleFrom(
                        loopback,
                        web("www.example.com").network("bridge", "bridge", "172.17.0.2", RouteEvidence.INTERFACE))))
                .contains(reason, "docker run -p");
    }

    @Test
    void theHostsNetworkOfARootlessEngineIsNotThatOfTheHost() {
        ContainerFactsBuilder container =
                web("node").networkMode("host").data("{\"hostname\":\"www.example.com\",\"port\":3000}");

        assertThat(leftOut(assembleFrom(
                        new Separate(Separation.ROOTLESS, "here", List.of(ip("127.0.0.1")), false), container)))
                .contains("rootless", "network host", "publish the port");
        assertThat(endpoint(assembleFrom(
                        new Separate(Separation.ROOTLESS, "here", List.of(ip("127.0.0.1")), true), container)))
                .isEqualTo("127.0.0.1:3000");
    }

    @Test
    void aContainerWithoutANetworkIsReachedAtItsPublishedPort() {
        assertThat(endpoint(assembleFrom(
                        new Separate(Separation.ROOTLESS, "here", List.of(ip("127.0.0.1")), true),
                        web("www.example.com").networkMode("slirp4netns").publishes(8080, "0.0.0.0", 8123))))
                .isEqualTo("127.0.0.1:8123");
    }

    @Test
    void routedNetworksOfAnotherHostAreReachedDirectly() {
        ContainerFactsBuilder routed = web("www.example.com")
                .network("r", "bridge", "10.99.0.2", RouteEvidence.CONFIGURED)
                .publishes(8080, "0.0.0.0", 32768);

        assertThat(endpoint(assembleFrom(REMOTE, routed))).isEqualTo("10.99.0.2:8080");
        assertThat(leftOut(assembleFrom(
                        REMOTE, web("www.example.com").network("r", "bridge", "10.99.0.2", RouteEvidence.UNKNOWN))))
                .contains("routed_networks");
    }

    @Test
    void inAContainerThatIsNotKnownOnlyAnInterfaceOfTheNetworkItselfCounts() {
        assertThat(endpoint(assembleFrom(
                        GUESS, web("www.example.com").network("n", "bridge", "10.1.0.2", RouteEvidence.INTERFACE))))
                .isEqualTo("10.1.0.2:8080");
        for (RouteEvidence evidence : List.of(RouteEvidence.ROUTE, RouteEvidence.UNKNOWN, RouteEvidence.NO_INTERFACE)) {
            assertThat(endpoint(assembleFrom(
                            GUESS,
                            web("www.example.com")
                                    .network("n", "bridge", "10.1.0.2", evidence)
                                    .publishes(8080, "0.0.0.0", 32768))))
                    .isEqualTo("172.18.0.1:32768");
        }
    }

    @Test
    void ofSeveralReachableNetworksEachIsTriedAndTheFindingSaysWhichOneWonAndWhy() {
        ContainerFactsBuilder container = web("www.example.com")
                .networkMode("a")
                .network("b", "10.2.0.2", "")
                .network("a", "10.1.0.2", "")
                .network("c", "10.3.0.2", "");

        assertThat(choice(container, "10.1.0.2", "10.2.0.2"))
                .contains("a (10.1.0.2) is used, because the container was created in it");
        assertThat(choice(container, "10.2.0.2", "10.3.0.2"))
                .contains("b (10.2.0.2) is used, because no connection was accepted in a (10.1.0.2)");
        assertThat(choice(container, "10.3.0.2"))
                .contains("c (10.3.0.2) is used, because no connection was accepted in a (10.1.0.2), b (10.2.0.2)");
        PipelineResult none =
                new TestPipeline().assemble(ContainerFactsBuilder.inventory(ON_HOST, container), target -> false);
        assertThat(none.topology().virtualHosts()).isEmpty();
        assertThat(AssemblyQueries.findings(none, Severity.STARTING)).contains("10.1.0.2, 10.2.0.2, 10.3.0.2");
    }

    private static String choice(ContainerFactsBuilder container, String... listening) {
        Set<String> addresses = Set.of(listening);
        PipelineResult result = new TestPipeline()
                .assemble(
                        ContainerFactsBuilder.inventory(ON_HOST, container),
                        target -> addresses.contains(
                                target.endpoints().getFirst().address().getHostAddress()));
        assertThat(addresses).anyMatch(address -> endpoint(result).equals(address + ":8080"));
        return AssemblyQueries.findings(result, Severity.CHOICE);
    }

    private static String endpoint(PipelineResult assembly) {
        return AssemblyQueries.endpoint(AssemblyQueries.onlyServer(assembly));
    }

    private static String leftOut(PipelineResult assembly) {
        assertThat(assembly.topology().virtualHosts()).isEmpty();
        return AssemblyQueries.findings(assembly, Severity.LEFT_OUT);
    }
}
