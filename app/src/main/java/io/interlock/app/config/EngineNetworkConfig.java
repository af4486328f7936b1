package io.interlock.app.config;

import io.interlock.api.topology.AddressRange;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What the operator knows about the network of an engine, and Interlock cannot find out.
 *
 * @param routedNetworks ranges of containers' addresses that are routed to Interlock
 * @param publishedAddress the address at which Interlock reaches published ports
 */
public record EngineNetworkConfig(List<AddressRange> routedNetworks, Optional<InetAddress> publishedAddress) {

    /** Nothing is known. */
    public static final EngineNetworkConfig NONE = new EngineNetworkConfig(List.of(), Optional.empty());

    public EngineNetworkConfig {
        routedNetworks = List.copyOf(routedNetworks);
    }
}
