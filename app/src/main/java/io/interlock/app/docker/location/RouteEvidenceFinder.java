package io.interlock.app.docker.location;

import io.interlock.api.topology.AddressRange;
import io.interlock.app.inventory.RouteEvidence;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides what this host's interfaces and routes show about the way to an address of a container.
 *
 * @param routes this host's routes; empty if they cannot be read
 * @param own whether an address is one of this host's own
 * @param routed ranges that are routed to this host, as the configuration says
 */
public record RouteEvidenceFinder(Optional<RouteTable> routes, Predicate<InetAddress> own, List<AddressRange> routed) {

    public RouteEvidenceFinder {
        routed = List.copyOf(routed);
    }

    /**
     * @param network the container's network; empty if the engine does not tell
     */
    public RouteEvidence of(InetAddress address, Optional<EngineNetwork> network) {
        if (isConfigured(address)) {
            return RouteEvidence.CONFIGURED;
        }
        if (routes.isEmpty()) {
            return RouteEvidence.UNKNOWN;
        }
        if (address.isLoopbackAddress()) {
            return RouteEvidence.CONFIGURED;
        }
        RouteTable table = routes.get();
        Optional<String> device = table.deviceTo(address);
        Optional<String> bridge = network.flatMap(EngineNetwork::bridge);
        if (bridge.isPresent()) {
            if (device.equals(bridge)) {
                return RouteEvidence.INTERFACE;
            }
            return table.interfaces().contains(bridge.get()) ? RouteEvidence.NO_ADDRESS : RouteEvidence.NO_INTERFACE;
        }
        if (own.test(address)) {
            return RouteEvidence.OWN_ADDRESS;
        }
        return device.isPresent() ? RouteEvidence.ROUTE : RouteEvidence.NO_ROUTE;
    }

    /** Whether the configuration says that an address is routed to this host. */
    public boolean isConfigured(InetAddress address) {
        return routed.stream()
                .anyMatch(range -> range.prefix() == 0
                        ? range.first().getClass() == address.getClass()
                        : new RouteTable.Route(range.first(), range.prefix(), "").leadsTo(address));
    }
}
