package io.interlock.app.topology;

import static io.interlock.app.topology.ContainerFactsBuilder.assemble;
import static io.interlock.app.topology.ContainerFactsBuilder.assembleFrom;
import static io.interlock.app.topology.ContainerFactsBuilder.ip;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.topology.findings.Finding.Severity;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class EndpointAssemblyTest {

    private static final NetworkLocation REMOTE = new NetworkLocation.Remote(ip("192.0.2.10"));
    private static final NetworkLocation REMOTE_IPV6 = new NetworkLocation.Remote(ip("2001:db8::10"));
    private static final NetworkLocation INSIDE =
            new NetworkLocation.InContainer(Set.of("front-id"), Optional.of(ip("172.18.0.1")));
    private static final NetworkLocation INSIDE_ALONE = new NetworkLocation.InContainer(Set.of(), Optional.empty());

    private static String endpoint(PipelineResult assembly) {
        return AssemblyQueries.endpoint(AssemblyQueries.onlyServer(assembly));
    }

    private static String leftOut(PipelineResult assembly) {
        assertThat(assembly.topology().virtualHosts()).isEmpty();
        return AssemblyQueries.findings(assembly, Severity.LEFT_OUT);
    }

    @Nested
    class Ports {

        @Test
        void theOnlyExposedPortIsTakenWithoutAWord() {
            PipelineResult assembly = assemble(web("www.example.com").exposes(3000));

            assertThat(endpoint(assembly)).isEqualTo("172.17.0.2:3000");
            assertThat(assembly.findings()).isEmpty();
        }

        @Test
        void theLowestOfSeveralIsTakenAndTheChoiceRecorded() {
            PipelineResult assembly = assemble(web("www.example.com").exposes(9000, 443, 8080));

            assertThat(endpoint(assembly)).isEqualTo("172.17.0.2:443");
            assertThat(AssemblyQueries.findings(assembly, Severity.CHOICE))
                    .startsWith("ports=[443, 8080, 9000]: has several TCP ports; 443");
        }

        @Test
        void theDataMayNameAnExposedPortOrOneThatIsNot() {
            assertThat(endpoint(assemble(web("www.example.com").exposes(80, 90).data("{\"port\":90}"))))
                    .isEqualTo("172.17.0.2:90");
            assertThat(endpoint(assemble(web("www.example.com").exposes(80).data("{\"port\":7}"))))
                    .isEqualTo("172.17.0.2:7");
            assertThat(endpoint(assemble(web("www.example.com").exposes().data("{\"port\":7}"))))
                    .isEqualTo("172.17.0.2:7");
        }

        @Test
        void aPortThatIsPublishedAtAnAddressOfNobodyKnowsWhomIsNotUsed() {
            assertThat(leftOut(ContainerFactsBuilder.assembleFrom(
                            REMOTE, web("www.example.com").publishesElsewhere(80, "8.8.8.8", 80))))
                    .contains("is published only on 8.8.8.8, which is no address of the engine's host");
            assertThat(endpoint(ContainerFactsBuilder.assembleFrom(
                            REMOTE,
                            web("www.example.com")
                                    .publishesElsewhere(80, "8.8.8.8", 80)
                                    .publishes(80, "0.0.0.0", 8080))))
                    .isEqualTo("192.0.2.10:8080");
        }

        @Test
        void noPortAtAllIsLeftOutWithAReasonThatSaysWhatToDo() {
            assertThat(leftOut(assemble(web("www.example.com").exposes())))
                    .contains("exposes no TCP port")
                    .contains("interlock.port")
                    .contains("--expose");
        }
    }

    @Nested
    class OnTheEnginesHost {

        @Test
        void theContainersOwnAddressIsUsedEvenIfThePortIsPublished() {
            assertThat(endpoint(assemble(web("www.example.com").publishes(8080, "0.0.0.0", 32768))))
                    .isEqualTo("172.17.0.2:8080");
        }

        @Test
        void ipv4InTheFirstNetworkByNameIsPreferred() {
            PipelineResult assembly = assemble(web("www.example.com")
                    .network("c", "10.0.3.2", "")
                    .network("b", "10.0.2.2", "fd00::2")
                    .network("a", "", "fd00:1::2"));

            assertThat(endpoint(assembly)).isEqualTo("10.0.2.2:8080");
            assertThat(AssemblyQueries.findings(assembly, Severity.CHOICE))
                    .isEqualTo(
                            "networks=b (10.0.2.2), b (fd00:0:0:0:0:0:0:2), c (10.0.3.2), a (fd00:1:0:0:0:0:0:2): can be reached in"
                                    + " several ways; b (10.0.2.2) is used, because it is the first of them by name");
        }

        @Test
        void theDataMayNameTheNetworkAndNoOtherIsUsedInstead() {
            ContainerFactsBuilder several = web("www.example.com")
                    .network("c", "10.0.3.2", "")
                    .network("b", "10.0.2.2", "")
                    .label("interlock.network", "c");
            assertThat(endpoint(assemble(several))).isEqualTo("10.0.3.2:8080");
            assertThat(assemble(several).findings()).isEmpty();
            assertThat(leftOut(assemble(several.label("interlock.network", "a"))))
                    .contains("network=a: is in no network of that name, but in b, c; not served");
            assertThat(leftOut(assemble(several.data("{\"network\": [1]}")))).contains("no network of that name");
        }

        @Test
        void ipv6IsUsedWhereThereIsNoIpv4() {
            assertThat(endpoint(assemble(web("www.example.com").network("a", "", "fd00:1::2"))))
                    .isEqualTo("fd00:1:0:0:0:0:0:2:8080");
        }

        @Test
        void addressesThatLeadNowhereAreNeverUsed() {
            assertThat(leftOut(assemble(
                            web("www.example.com").network("a", "0.0.0.0", "::").network("b", "224.0.0.1", "fe80::1"))))
                    .contains("attach the container to a network");
        }

        @Test
        void aContainerInTheHostsNetworkIsReachedAtLoopback() {
            assertThat(endpoint(assemble(
                            web("node").networkMode("host").data("{\"hostname\":\"www.example.com\",\"port\":3000}"))))
                    .isEqualTo("127.0.0.1:3000");
        }

        @Test
        void withoutAnAddressThePublishedPortIsUsed() {
            assertThat(endpoint(assemble(web("www.example.com").noNetwork().publishes(8080, "0.0.0.0", 32768))))
                    .isEqualTo("127.0.0.1:32768");
            assertThat(endpoint(assemble(web("www.example.com").noNetwork().publishes(8080, "::", 32769))))
                    .isEqualTo("0:0:0:0:0:0:0:1:32769");
            assertThat(endpoint(assemble(web("www.example.com").noNetwork().publishes(8080, "127.0.0.2", 32770))))
                    .isEqualTo("127.0.0.2:32770");
        }

        @Test
        void withNeitherItIsLeftOut() {
            assertThat(leftOut(assemble(web("www.example.com").networkMode("none"))))
                    .contains("attach the container to a network, or publish the port");
        }

        @Test
        void aContainerInAnothersNetworkIsReachedAtTheOthersAddress() {
            ContainerFactsBuilder owner = ContainerFactsBuilder.named("pod").network("front", "10.0.2.7", "");
            ContainerFactsBuilder member = web("short")
                    .networkMode("container:" + owner.key().containerId())
                    .data("{\"hostname\":\"www.example.com\",\"port\":9000}");

            assertThat(AssemblyQueries.summary(assemble(owner, member))).isEqualTo("{www.example.com=[10.0.2.7:9000]}");
        }

        @Test
        void aContainerInTheNetworkOfOneThatDoesNotRunIsLeftOut() {
            assertThat(leftOut(assemble(web("short")
                            .networkMode("container:abc")
                            .data("{\"hostname\":\"www.example.com\",\"port\":9000}"))))
                    .contains("network_mode=container:abc: shares the network of a container that does not run");
        }
    }

    @Nested
    class FromAnotherHost {

        @Test
        void thePublishedPortOnTheEnginesHostIsUsed() {
            assertThat(endpoint(assembleFrom(
                            REMOTE,
                            web("www.example.com")
                                    .publishes(8080, "0.0.0.0", 32768)
                                    .publishes(8080, "::", 32769))))
                    .isEqualTo("192.0.2.10:32768");
            assertThat(endpoint(assembleFrom(
                            REMOTE_IPV6,
                            web("www.example.com")
                                    .publishes(8080, "0.0.0.0", 32768)
                                    .publishes(8080, "::", 32769))))
                    .isEqualTo("2001:db8:0:0:0:0:0:10:32769");
        }

        @Test
        void aPortPublishedOnACertainAddressIsReachedThere() {
            assertThat(endpoint(assembleFrom(REMOTE, web("www.example.com").publishes(8080, "192.0.2.77", 80))))
                    .isEqualTo("192.0.2.77:80");
        }

        @Test
        void aPortPublishedOnLoopbackCannotBeReached() {
            assertThat(leftOut(assembleFrom(REMOTE, web("www.example.com").publishes(8080, "127.0.0.1", 80))))
                    .startsWith("port=8080: is published only on 127.0.0.1 of its host")
                    .contains("publish the port on an address");
        }

        @Test
        void theAskedPortIsUsedOrNone() {
            ContainerFactsBuilder container =
                    web("www.example.com").exposes(80, 8080).publishes(80, "0.0.0.0", 32768);

            assertThat(endpoint(assembleFrom(REMOTE, container.data("{\"port\":80}"))))
                    .isEqualTo("192.0.2.10:32768");
            assertThat(leftOut(assembleFrom(REMOTE, container.data("{\"port\":8080}"))))
                    .startsWith("port=8080: cannot be reached from here; not served")
                    .contains("docker run -p or -P");
        }

        @Test
        void withoutAnAskedPortTheLowestPublishedOneIsUsedAndTheChoiceRecorded() {
            PipelineResult assembly = assembleFrom(
                    REMOTE,
                    web("www.example.com")
                            .exposes(22, 8080, 9090)
                            .publishes(9090, "0.0.0.0", 32769)
                            .publishes(8080, "0.0.0.0", 32768));

            assertThat(endpoint(assembly)).isEqualTo("192.0.2.10:32768");
            assertThat(AssemblyQueries.findings(assembly, Severity.CHOICE))
                    .contains("8080, the lowest that can be reached");
        }

        @Test
        void anExposedPortThatIsNotPublishedCannotBeReached() {
            assertThat(leftOut(assembleFrom(REMOTE, web("www.example.com"))))
                    .startsWith("port=8080: cannot be reached from here");
        }

        @Test
        void aContainerInTheHostsNetworkIsReachedAtTheHost() {
            assertThat(endpoint(assembleFrom(
                            REMOTE, web("node").networkMode("host").data("{\"hostname\":\"www.example.com\"}"))))
                    .isEqualTo("192.0.2.10:8080");
        }
    }

    @Nested
    class InAContainerOfTheSameHost {

        @Test
        void theAddressInASharedNetworkIsUsed() {
            assertThat(endpoint(assembleFrom(
                            INSIDE,
                            web("www.example.com")
                                    .network("back", "10.0.1.2", "")
                                    .network("front", "10.0.2.2", "")
                                    .publishes(8080, "0.0.0.0", 32768))))
                    .isEqualTo("10.0.2.2:8080");
        }

        @Test
        void withoutOneThePublishedPortIsReachedAtTheGateway() {
            assertThat(endpoint(assembleFrom(
                            INSIDE,
                            web("www.example.com")
                                    .network("back", "10.0.1.2", "")
                                    .publishes(8080, "0.0.0.0", 32768))))
                    .isEqualTo("172.18.0.1:32768");
        }

        @Test
        void withNeitherTheReasonNamesTheNetworksToShare() {
            assertThat(leftOut(assembleFrom(
                            INSIDE,
                            web("www.example.com")
                                    .network("back", "10.0.1.2", "")
                                    .network("data", "10.0.9.2", "")
                                    .publishes(8080, "127.0.0.1", 32768))))
                    .contains("connect Interlock's container to one of this one's networks, back, data");
        }

        @Test
        void theHostsNetworkIsReachedAtTheGatewayIfThereIsOne() {
            ContainerFactsBuilder container =
                    web("node").networkMode("host").data("{\"hostname\":\"www.example.com\"}");

            assertThat(endpoint(assembleFrom(INSIDE, container))).isEqualTo("172.18.0.1:8080");
            assertThat(leftOut(assembleFrom(INSIDE_ALONE, container))).contains("no network that leads to its host");
        }
    }
}
