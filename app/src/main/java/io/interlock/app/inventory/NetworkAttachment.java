package io.interlock.app.inventory;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Attachment of a container to one network.
 *
 * @param name the network's name; unique on its engine
 * @param networkId the engine's id of the network; empty if the engine does not report it
 * @param ipv4 the container's IPv4 address in it
 * @param ipv6 the container's global IPv6 address in it
 * @param order order in which the container joined its networks: 0 for those in which it was first seen, more for each
 *     that it joined later
 */
public record NetworkAttachment(
        String name, String networkId, Optional<InetAddress> ipv4, Optional<InetAddress> ipv6, int order)
        implements Comparable<NetworkAttachment> {

    /** One of which nobody knows anything from before. */
    public NetworkAttachment(String name, String networkId, Optional<InetAddress> ipv4, Optional<InetAddress> ipv6) {
        this(name, networkId, ipv4, ipv6, 0);
    }

    boolean isOfSameNetwork(NetworkAttachment other) {
        return name.equals(other.name) && networkId.equals(other.networkId);
    }

    NetworkAttachment joined(int position) {
        return new NetworkAttachment(name, networkId, ipv4, ipv6, position);
    }

    @Override
    public int compareTo(NetworkAttachment other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : networkId.compareTo(other.networkId);
    }
}
