package io.interlock.app.topology;

import static io.interlock.app.topology.ContainerFactsBuilder.ip;
import static io.interlock.app.topology.ContainerFactsBuilder.named;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.ContainerPolicy.PortRange;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.NetworkLocation.OwnContainer;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.findings.Finding.Severity;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interlock's own container, ports and names are never a container's. */
@Tag("unit")
class OwnEndpointAssemblyTest {

    private static final ContainerPolicy TERMS =
            new ContainerPolicy(Optional.of(new PortRange(5000, 9999))).withOwnPorts(Set.of(8080, 8443, 9101));
    private static final NetworkLocation ON_HOST = new NetworkLocation.OnHost();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mode\": \"tcp\", \"listen\": 8080}",
                "{\"mode\": \"tls\", \"listen\": 8443}",
                "{\"mode\": \"tcp\", \"listen\": \"9101\"}",
                "{\"mode\": \"tls\", \"listen\": 8080, \"alias_domains\": [\"*.com\"]}",
                "{\"routes\": {\"a\": {\"mode\": \"tcp\", \"listen\": 9101, \"port\": 1}}}",
                "{\"routes\": [{\"path\": \"/\"}, {\"mode\": \"tcp\", \"listen\": 8443}]}"
            })
    void aPortOfInterlocksIsNeverShared(String data) {
        PipelineResult assembly = assemble(ON_HOST, web("www.example.com").data(data), web("other.example.com"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("other.example.com");
        assertThat(assembly.topology().tcpListeners()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT))
                .contains("listen=", "Interlock itself listens at this port", "not served");
    }

    @Test
    void aPortBesideThemIsServed() {
        assertThat(assemble(ON_HOST, web("www.example.com").data("{\"mode\": \"tcp\", \"listen\": 8081}"))
                        .topology()
                        .tcpListeners())
                .hasSize(1);
    }

    @Test
    void interlocksOwnContainerIsNoBackend() {
        ContainerFactsBuilder own = web("interlock.example.com");
        OwnContainer self = new OwnContainer(own.key().containerId(), Set.of(80));
        for (NetworkLocation location : Set.of(
                new NetworkLocation.OnHost(self),
                new NetworkLocation.InContainer(own.key().containerId(), Set.of("bridge-id"), Optional.empty(), self),
                new NetworkLocation.InContainer("other", Set.of("bridge-id"), Optional.empty(), self))) {
            PipelineResult assembly = assemble(location, own, web("www.example.com"));

            assertThat(AssemblyQueries.names(assembly)).containsExactly("www.example.com");
            assertThat(AssemblyQueries.findings(assembly, Severity.NOT_ADDRESSED))
                    .contains("is Interlock's own container");
            assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT)).isEmpty();
        }
        PipelineResult asking =
                assemble(new NetworkLocation.OnHost(self), own.label("interlock.port", "80"), web("www.example.com"));
        assertThat(AssemblyQueries.names(asking)).containsExactly("www.example.com");
        assertThat(AssemblyQueries.findings(asking, Severity.LEFT_OUT)).contains("is Interlock's own container");
    }

    @ParameterizedTest
    @ValueSource(ints = {8080, 8443, 9101})
    void inTheHostsNetworkAPortOfInterlocksIsNoBackend(int port) {
        isToldAndLeftOut(assemble(
                ON_HOST,
                inHostsNetwork("a").data("{\"hostname\": \"www.example.com\", \"port\": " + port + "}"),
                web("other.example.com")));
        isToldAndLeftOut(assemble(
                ON_HOST,
                inHostsNetwork("a").exposes(port).data("{\"hostname\": \"www.example.com\"}"),
                web("other.example.com")));
        isToldAndLeftOut(assemble(
                ON_HOST,
                inHostsNetwork("a").data("{\"mode\": \"tcp\", \"listen\": 5432, \"port\": " + port + "}"),
                web("other.example.com")));
    }

    @Test
    void inTheHostsNetworkAndElsewhereOtherPortsAreBackends() {
        PipelineResult assembly = assemble(
                ON_HOST,
                inHostsNetwork("a").data("{\"hostname\": \"www.example.com\", \"port\": 8081}"),
                web("other.example.com"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("other.example.com", "www.example.com");
        assertThat(AssemblyQueries.names(assemble(
                        new NetworkLocation.Remote(ip("192.0.2.1")),
                        inHostsNetwork("a").data("{\"hostname\": \"www.example.com\", \"port\": 8080}"))))
                .containsExactly("www.example.com");
    }

    @Test
    void aPortOfTheHostThatLeadsToInterlocksContainerIsNoBackend() {
        NetworkLocation location = new NetworkLocation.InContainer(
                "self", Set.of("bridge-id"), Optional.of(ip("172.17.0.1")), new OwnContainer("self", Set.of(80, 443)));

        isToldAndLeftOut(assemble(
                location,
                inHostsNetwork("a").data("{\"hostname\": \"www.example.com\", \"port\": 443}"),
                web("other.example.com")));
        assertThat(AssemblyQueries.names(assemble(
                        location, inHostsNetwork("a").data("{\"hostname\": \"www.example.com\", \"port\": 8080}"))))
                .containsExactly("www.example.com");
    }

    @Test
    void inTheNetworkOfInterlocksContainerAPortOfInterlocksIsNoBackend() {
        ContainerFactsBuilder shared = named("network").exposes(8080).label("interlock.hostname", "www.example.com");
        String id = shared.key().containerId();
        NetworkLocation location = new NetworkLocation.InContainer(
                id, Set.of("bridge-id"), Optional.empty(), new OwnContainer("self", Set.of()));

        isToldAndLeftOut(assemble(location, shared, web("other.example.com")));
        isToldAndLeftOut(assemble(
                location,
                named("network").exposes(1),
                named("side")
                        .networkMode("container:" + id)
                        .exposes(9101)
                        .label("interlock.hostname", "www.example.com"),
                web("other.example.com")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST.",
                "localhost.localdomain",
                "ip6-localhost",
                "127.0.0.1",
                "10.1.2.3",
                "0.0.0.0",
                "127.1",
                "2130706433",
                "0x7f.0.0.1",
                "0x7f000001",
                "0X7F.1",
                "017700000001",
                "0177.0.0.1",
                "127.0.0.1.",
                "::1",
                "[::1]",
                "::ffff:127.0.0.1",
                "[::ffff:7f00:1]",
                "fe80::1%eth0",
                "2001:db8::1",
                "localhost4",
                "localhost6",
                "ip6-localhost.",
                "\uff11\uff12\uff17.0.0.1",
                "*.0.0.1",
                "www.1"
            })
    void namesThatEveryHostHasAndAddressesAreNoNames(String name) {
        PipelineResult assembly = assemble(
                ON_HOST,
                web("www.example.com").data("{\"alias_domains\": [\"" + name + "\", \"example.com\"]}"),
                named("b").exposes(80).label("interlock.hostname", name));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("example.com", "www.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains("alias_domains[0]=", "ignored");
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT)).contains("hostname=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shop.localhost", "*.localhost", "intranet", "1.example.com", "10-0-0-1.example.com", "0xcafe.de"
            })
    void otherNamesAreNames(String name) {
        assertThat(AssemblyQueries.names(
                        assemble(ON_HOST, named("b").exposes(80).label("interlock.hostname", name))))
                .containsExactly(name);
    }

    private static ContainerFactsBuilder inHostsNetwork(String name) {
        return named(name).networkMode("host");
    }

    private static void isToldAndLeftOut(PipelineResult assembly) {
        assertThat(AssemblyQueries.names(assembly)).containsExactly("other.example.com");
        assertThat(assembly.topology().tcpListeners()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT))
                .contains("port=", "Interlock itself listens there", "not served");
    }

    private static PipelineResult assemble(NetworkLocation location, ContainerFactsBuilder... containers) {
        return new TestPipeline(TERMS)
                .assemble(
                        ContainerFactsBuilder.inventory(location, containers),
                        ContainerFactsBuilder.admitting(Set.of()));
    }
}
