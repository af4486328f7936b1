package io.interlock.bench.micro;

import io.interlock.app.config.ownership.OwnerSelector;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.NetworkLocation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Creates inventories of any size; each container has its own host. */
final class BenchmarkInventories {

    private static final String ENGINE = "bench";
    private static final Instant TIME = Instant.parse("2026-11-22T12:00:00Z");
    private static final int PORT = 8080;

    private BenchmarkInventories() {}

    /** Creates the inventory of an engine with this many containers. */
    static Inventory of(int size) {
        Inventory inventory = new Inventory(List.of(ENGINE));
        inventory.connected(
                ENGINE,
                TIME,
                new NetworkLocation.OnHost(),
                IntStream.range(0, size).mapToObj(BenchmarkInventories::facts).toList());
        return inventory;
    }

    /**
     * Creates the inventory of an engine with this many containers of compose projects.
     *
     * @param projects over which the containers are spread
     * @param host empty: each container has its own
     */
    static Inventory ofProjects(int size, int projects, String host) {
        Inventory inventory = new Inventory(List.of(ENGINE));
        inventory.connected(
                ENGINE,
                TIME,
                new NetworkLocation.OnHost(),
                IntStream.range(0, size)
                        .mapToObj(number -> ofProject(number, projects, host))
                        .toList());
        return inventory;
    }

    /** One of the containers of {@link #ofProjects}. */
    static ContainerFacts ofProject(int number, int projects, String host) {
        String project = "team" + number % projects;
        return facts(
                        number,
                        host.isEmpty() ? "h" + number + "." + project + ".example" : host,
                        Map.of(OwnerSelector.PROJECT_LABEL, project))
                .withImage(Set.of());
    }

    static void remove(Inventory inventory, int number) {
        inventory.remove(new ContainerKey(ENGINE, "%064x".formatted(number)));
    }

    /** The first container, about to stop or not. */
    static ContainerFacts first(boolean stopping) {
        return facts(0).withStopping(stopping);
    }

    private static ContainerFacts facts(int number) {
        return facts(number, "h" + number + ".fleet.example", Map.of());
    }

    private static ContainerFacts facts(int number, String host, Map<String, String> labels) {
        return new ContainerFacts(
                new ContainerKey(ENGINE, "%064x".formatted(number)),
                "container-" + number,
                "interlock/sample",
                TIME.plusSeconds(number),
                TIME.plusSeconds(number),
                false,
                false,
                Health.NONE,
                host,
                "",
                Optional.empty(),
                labels,
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
