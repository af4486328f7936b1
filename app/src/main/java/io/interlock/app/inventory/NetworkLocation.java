package io.interlock.app.inventory;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/** Location of Interlock, and therefore of the proxy, in the network relative to an engine's containers. */
public sealed interface NetworkLocation {

    /** Interlock's own container; {@link OwnContainer#NONE} if it runs in none of this engine. */
    OwnContainer own();

    /**
     * The container that Interlock runs in.
     *
     * @param id the engine's id of it; empty if it is not known
     * @param hostPorts TCP ports of the engine's host that lead to Interlock, since they are published for the container whose network
     *     it is in
     */
    record OwnContainer(String id, Set<Integer> hostPorts) {

        /** It runs in no container that the engine knows. */
        public static final OwnContainer NONE = new OwnContainer("", Set.of());

        public OwnContainer {
            hostPorts = Set.copyOf(hostPorts);
        }
    }

    /** On the engine's own host, in the host's network: every container network of the host can be reached. */
    record OnHost(OwnContainer own) implements NetworkLocation {
        public OnHost() {
            this(OwnContainer.NONE);
        }
    }

    /**
     * On the engine's own host, in a container: only networks to which this container is attached can be reached.
     *
     * @param containerId the engine's id of the container that has those networks; empty if unknown
     * @param networkIds the ids of those networks
     * @param hostAddress the address of ports that are published on the host: the gateway of one of those networks
     */
    record InContainer(String containerId, Set<String> networkIds, Optional<InetAddress> hostAddress, OwnContainer own)
            implements NetworkLocation {

        /** In a container that this engine does not know. */
        public InContainer(Set<String> networkIds, Optional<InetAddress> hostAddress) {
            this("", networkIds, hostAddress, OwnContainer.NONE);
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
    record Remote(InetAddress hostAddress) implements NetworkLocation {
        @Override
        public OwnContainer own() {
            return OwnContainer.NONE;
        }
    }
}
