package io.interlock.app.topology;

import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.inventory.Inventory;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.TestPipeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The address at which a container works stays as long as it has it. */
@Tag("unit")
class NetworkChangeAssemblyTest {

    private final Inventory inventory = new Inventory(List.of("local"));
    private final TestPipeline pipeline = new TestPipeline();

    @Test
    void aNetworkThatIsJoinedLaterDoesNotMoveTheContainer() {
        connected(new NetworkLocation.OnHost());
        assertThat(endpointOf(in("bridge", "172.17.0.2"))).isEqualTo("172.17.0.2:8080");
        assertThat(endpointOf(in("bridge", "172.17.0.2").network("aaa_net", "10.9.0.2", "")))
                .isEqualTo("172.17.0.2:8080");
        assertThat(endpointOf(in("bridge", "172.17.0.2")
                        .network("aaa_net", "10.9.0.2", "")
                        .network("aa", "10.8.0.2", "")))
                .isEqualTo("172.17.0.2:8080");

        // The network that it was in is gone: the one that it joined first of those that are left.
        assertThat(endpointOf(in("aaa_net", "10.9.0.2").network("aa", "10.8.0.2", "")))
                .isEqualTo("10.9.0.2:8080");
        assertThat(endpointOf(
                        in("aaa_net", "10.9.0.2").network("aa", "10.8.0.2", "").network("bridge", "172.17.0.3", "")))
                .isEqualTo("10.9.0.2:8080");
    }

    @Test
    void inAnyNetworkWhateverItIsCalledAndWhateverFamilyItHas() {
        connected(new NetworkLocation.OnHost());
        endpointOf(web("www.example.com").networkMode("zzz").network("zzz", "", "fd00::2"));

        assertThat(endpointOf(web("www.example.com")
                        .networkMode("zzz")
                        .network("zzz", "", "fd00::2")
                        .network("aaa", "10.9.0.2", "")))
                .isEqualTo("fd00:0:0:0:0:0:0:2:8080");
    }

    @Test
    void theSameHoldsForNetworksThatInterlocksContainerShares() {
        connected(new NetworkLocation.InContainer(Set.of("m-id", "a-id"), Optional.empty()));
        endpointOf(in("m", "10.1.0.2"));

        assertThat(endpointOf(in("m", "10.1.0.2").network("a", "10.2.0.2", ""))).isEqualTo("10.1.0.2:8080");
    }

    @Test
    void aListOfAllContainersKeepsItAsWell() {
        connected(new NetworkLocation.OnHost());
        endpointOf(in("m", "10.1.0.2"));
        ContainerFactsBuilder both = in("m", "10.1.0.2").network("a", "10.2.0.2", "");
        inventory.connected("local", Instant.EPOCH.plusSeconds(1), new NetworkLocation.OnHost(), List.of(both.facts()));

        assertThat(endpoint()).isEqualTo("10.1.0.2:8080");
    }

    @Test
    void whoWasNotSeenBeforeIsReachedInTheNetworkThatItWasCreatedIn() {
        connected(new NetworkLocation.OnHost());

        assertThat(endpointOf(web("www.example.com")
                        .network("bridge", "172.17.0.2", "")
                        .network("aaa_net", "10.9.0.2", "")))
                .isEqualTo("172.17.0.2:8080");
    }

    @Test
    void theNetworkThatAContainerAsksForCounts() {
        connected(new NetworkLocation.OnHost());
        endpointOf(in("m", "10.1.0.2").label("interlock.network", "a").network("a", "10.2.0.2", ""));

        assertThat(endpoint()).isEqualTo("10.2.0.2:8080");
    }

    private static ContainerFactsBuilder in(String network, String address) {
        return web("www.example.com").network(network, address, "");
    }

    private void connected(NetworkLocation location) {
        inventory.connected("local", Instant.EPOCH, location, List.of());
    }

    private String endpointOf(ContainerFactsBuilder container) {
        inventory.put(container.facts());
        return endpoint();
    }

    private String endpoint() {
        return AssemblyQueries.endpoint(AssemblyQueries.onlyServer(
                pipeline.assemble(inventory.snapshot(), ContainerFactsBuilder.admitting(Set.of()))));
    }
}
