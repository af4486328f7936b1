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
 * @param evidence what is known about the way to its addresses
 */
public record NetworkAttachment(
        String name,
        String networkId,
        Optional<InetAddress> ipv4,
        Optional<InetAddress> ipv6,
        int order,
        Evidence evidence)
        implements Comparable<NetworkAttachment> {

    /**
     * Evidence about the way from Interlock's host to the addresses.
     *
     * @param driver the driver of the network, as the engine names it; empty if it is not known
     * @param ipv4 evidence for the IPv4 address
     * @param ipv6 evidence for the IPv6 address
     */
    public record Evidence(String driver, RouteEvidence ipv4, RouteEvidence ipv6) {
        public static final Evidence UNKNOWN = new Evidence("", RouteEvidence.UNKNOWN, RouteEvidence.UNKNOWN);
    }

    /** One of which nobody knows anything from before. */
    public NetworkAttachment(String name, String networkId, Optional<InetAddress> ipv4, Optional<InetAddress> ipv6) {
        this(name, networkId, ipv4, ipv6, 0, Evidence.UNKNOWN);
    }

    /** Returns the same attachment with this evidence. */
    public NetworkAttachment withEvidence(Evidence found) {
        return new NetworkAttachment(name, networkId, ipv4, ipv6, order, found);
    }

    boolean isOfSameNetwork(NetworkAttachment other) {
        return name.equals(other.name) && networkId.equals(other.networkId);
    }

    NetworkAttachment joined(int position) {
        return new NetworkAttachment(name, networkId, ipv4, ipv6, position, evidence);
    }

    @Override
    public int compareTo(NetworkAttachment other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : networkId.compareTo(other.networkId);
    }
}
