package io.interlock.app.inventory;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A container's place in one network.
 *
 * @param name the network's name; unique on its engine
 * @param networkId the engine's id of the network; empty if the engine did not say
 * @param ipv4 the container's IPv4 address there
 * @param ipv6 the container's global IPv6 address there
 */
public record NetworkAttachment(String name, String networkId, Optional<InetAddress> ipv4, Optional<InetAddress> ipv6)
        implements Comparable<NetworkAttachment> {

    @Override
    public int compareTo(NetworkAttachment other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : networkId.compareTo(other.networkId);
    }
}
