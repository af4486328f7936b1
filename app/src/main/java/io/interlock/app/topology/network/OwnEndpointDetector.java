package io.interlock.app.topology.network;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.NetworkLocation;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/** Finds endpoints that lead back to Interlock, whose requests would go around in circles or reach its own interfaces. */
public final class OwnEndpointDetector {

    private OwnEndpointDetector() {}

    /**
     * Whether Interlock listens at an endpoint.
     *
     * @param networkOwner the container that is reached there
     * @param location from where it is looked at
     * @param ownPorts the ports at which Interlock listens
     */
    public static boolean isOwn(
            InetSocketAddress endpoint, ContainerFacts networkOwner, NetworkLocation location, Set<Integer> ownPorts) {
        return switch (location) {
            case NetworkLocation.OnHost onHost ->
                endpoint.getAddress().isLoopbackAddress() && ownPorts.contains(endpoint.getPort());
            case NetworkLocation.Separate separate ->
                endpoint.getAddress().isLoopbackAddress() && ownPorts.contains(endpoint.getPort());
            case NetworkLocation.InContainer inside ->
                ((isNetworkOf(inside, networkOwner) || endpoint.getAddress().isLoopbackAddress())
                                && ownPorts.contains(endpoint.getPort()))
                        || (inside.hostAddress().equals(Optional.of(endpoint.getAddress()))
                                && inside.own().hostPorts().contains(endpoint.getPort()));
            case NetworkLocation.Remote elsewhere -> false;
        };
    }

    private static boolean isNetworkOf(NetworkLocation.InContainer inside, ContainerFacts networkOwner) {
        return !inside.containerId().isEmpty()
                && networkOwner.key().containerId().equals(inside.containerId());
    }
}
