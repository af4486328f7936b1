package io.interlock.app.inventory;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/** Location of Interlock, and therefore of the proxy, in the network relative to an engine's containers. */
public sealed interface NetworkLocation {

    /** On the engine's own host, in the host's network: every container network of the host can be reached. */
    record OnHost() implements NetworkLocation {}

    /**
     * On the engine's own host, in a container: only networks to which this container is attached can be reached.
     *
     * @param containerId the engine's id of the container that has those networks; empty if unknown
     * @param networkIds the ids of those networks
     * @param hostAddress the address of ports that are published on the host: the gateway of one of those networks
     */
    record InContainer(String containerId, Set<String> networkIds, Optional<InetAddress> hostAddress)
            implements NetworkLocation {
        public InContainer(Set<String> networkIds, Optional<InetAddress> hostAddress) {
            this("", networkIds, hostAddress);
        }

        public InContainer {
            networkIds = Set.copyOf(networkIds);
        }
    }

    /**
     * On another host: only published ports can be reached.
     *
     * @param hostAddress the engine's host
     */
    record Remote(InetAddress hostAddress) implements NetworkLocation {}
}
