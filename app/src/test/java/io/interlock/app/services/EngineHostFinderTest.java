package io.interlock.app.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.util.IpLiteral;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class EngineHostFinderTest {

    private static final Connection REACHED = new Connection.Connected(Instant.EPOCH);
    private static final InetAddress GATEWAY = IpLiteral.of("172.18.0.1");
    private static final NetworkLocation INSIDE = new NetworkLocation.InContainer(Set.of("net"), Optional.of(GATEWAY));

    @Test
    void onTheHostItIsLoopback() {
        assertThat(EngineHostFinder.find(inventory(new Connection.Unknown(), new NetworkLocation.OnHost()), false))
                .contains(IpLiteral.of("127.0.0.1"));
    }

    @Test
    void inAContainerItIsTheGatewayAndInTheNetworkOfTheHostLoopback() {
        assertThat(EngineHostFinder.find(inventory(REACHED, INSIDE), true)).contains(GATEWAY);
        assertThat(EngineHostFinder.find(inventory(REACHED, new NetworkLocation.OnHost()), true))
                .contains(IpLiteral.of("127.0.0.1"));
    }

    @Test
    void inAContainerItIsNotKnownBeforeAnEngineAnswers() {
        assertThat(EngineHostFinder.find(inventory(new Connection.Unknown(), new NetworkLocation.OnHost()), true))
                .isEmpty();
        assertThat(EngineHostFinder.find(inventory(REACHED, new NetworkLocation.Remote(GATEWAY)), true))
                .isEmpty();
    }

    @Test
    void theLocationIsThatInAContainerIfThereIsOne() {
        assertThat(EngineHostFinder.location(inventory(REACHED, INSIDE))).isEqualTo(INSIDE);
        assertThat(EngineHostFinder.location(inventory(REACHED, new NetworkLocation.Remote(GATEWAY))))
                .isEqualTo(new NetworkLocation.OnHost());
    }

    private static InventorySnapshot inventory(Connection connection, NetworkLocation location) {
        return new InventorySnapshot(Map.of(
                "local",
                new EngineSnapshot("local", connection, location, Map.of()),
                ContainerKey.SERVICES,
                new EngineSnapshot(ContainerKey.SERVICES, REACHED, new NetworkLocation.OnHost(), Map.of())));
    }
}
