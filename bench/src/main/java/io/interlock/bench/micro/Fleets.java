package io.interlock.bench.micro;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.EngineView;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.Vantage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Inventories of any size, each container with a host of its own. */
final class Fleets {

    private static final String ENGINE = "bench";
    private static final Instant TIME = Instant.parse("2026-11-22T12:00:00Z");
    private static final int PORT = 8080;

    private Fleets() {}

    /** So many containers. */
    static InventorySnapshot of(int size) {
        Map<String, ContainerFacts> containers = HashMap.newHashMap(size);
        for (int i = 0; i < size; i++) {
            ContainerFacts facts = facts(i);
            containers.put(facts.key().containerId(), facts);
        }
        return snapshot(containers);
    }

    /** The same, but the first container is about to stop; what is known of the others are the same objects, as in an inventory. */
    static InventorySnapshot withOneStopping(InventorySnapshot all) {
        Map<String, ContainerFacts> containers =
                new HashMap<>(all.engine(ENGINE).containers());
        containers.computeIfPresent(facts(0).key().containerId(), (id, facts) -> facts.withStopping(true));
        return snapshot(containers);
    }

    private static InventorySnapshot snapshot(Map<String, ContainerFacts> containers) {
        return new InventorySnapshot(Map.of(
                ENGINE,
                new EngineView(ENGINE, new EngineView.Connection.Connected(TIME), new Vantage.OnHost(), containers)));
    }

    private static ContainerFacts facts(int number) {
        return new ContainerFacts(
                new ContainerKey(ENGINE, "%064x".formatted(number)),
                "container-" + number,
                "interlock/sample",
                TIME.plusSeconds(number),
                TIME.plusSeconds(number),
                false,
                false,
                Health.NONE,
                "h" + number + ".fleet.example",
                "",
                Optional.empty(),
                Map.of(),
                List.of(PORT),
                List.of(),
                "default",
                List.of(new NetworkAttachment(
                        "bridge", "5".repeat(64), Optional.of(address(number)), Optional.empty())));
    }

    private static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
