package io.interlock.app.services;

import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.NetworkLocation;
import java.net.InetAddress;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the address at which the machine of the engines is reached from Interlock. Pure. */
final class EngineHostFinder {

    private EngineHostFinder() {}

    /**
     * Returns the address, from where Interlock was found to be as seen from an engine.
     *
     * @param isInContainer whether Interlock runs in a container
     */
    static Optional<InetAddress> find(InventorySnapshot inventory, boolean isInContainer) {
        if (!isInContainer) {
            return Optional.of(InetAddress.getLoopbackAddress());
        }
        return new TreeMap<>(inventory.engines())
                .values().stream()
                        .filter(engine -> !engine.engineId().equals(ContainerKey.SERVICES))
                        .filter(engine -> !(engine.connection() instanceof EngineSnapshot.Connection.Unknown))
                        .map(EngineSnapshot::location)
                        .flatMap(EngineHostFinder::address)
                        .findFirst();
    }

    /**
     * Returns where Interlock is, as seen from the first engine that says that it is in one of its containers, so that
     * servers that lead back to Interlock are found; otherwise on the host.
     */
    static NetworkLocation location(InventorySnapshot inventory) {
        return new TreeMap<>(inventory.engines())
                .values().stream()
                        .filter(engine -> !engine.engineId().equals(ContainerKey.SERVICES))
                        .map(EngineSnapshot::location)
                        .filter(NetworkLocation.InContainer.class::isInstance)
                        .findFirst()
                        .orElseGet(NetworkLocation.OnHost::new);
    }

    private static Stream<InetAddress> address(NetworkLocation location) {
        return switch (location) {
            case NetworkLocation.OnHost inNetworkOfHost -> Stream.of(InetAddress.getLoopbackAddress());
            case NetworkLocation.InContainer inside -> inside.hostAddress().stream();
            case NetworkLocation.Separate elsewhere -> Stream.empty();
            case NetworkLocation.Remote elsewhere -> Stream.empty();
        };
    }
}
