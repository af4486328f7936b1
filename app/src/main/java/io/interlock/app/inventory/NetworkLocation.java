package io.interlock.app.inventory;

import io.interlock.util.PrintableText;
import java.net.InetAddress;
import java.util.List;
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

    /** Whether evidence says so. A location that is not proven is detected again when more becomes known. */
    default boolean isProven() {
        return true;
    }

    /** Whether it depends on the networks of this container, given by its id. */
    default boolean isInNetworksOf(String container) {
        return false;
    }

    /** On the engine's own host, in the host's network: container networks are reached through the host's interfaces. */
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

        @Override
        public boolean isProven() {
            return !containerId.isEmpty();
        }

        @Override
        public boolean isInNetworksOf(String container) {
            return isProven() && containerId.equals(container);
        }
    }

    /**
     * Outside of the network of the engine's host, although the engine is reached at a socket of this host: only
     * published ports can be reached, at most.
     *
     * @param separation what lies between
     * @param engineHost the name of the engine's host; empty if it is not known
     * @param hostAddresses the addresses at which published ports appear, best first; empty if they are not known
     * @param hostNetworkShared whether containers in the network {@code host} are in the network of this host
     */
    record Separate(
            Separation separation, String engineHost, List<InetAddress> hostAddresses, boolean hostNetworkShared)
            implements NetworkLocation {
        public Separate {
            hostAddresses = List.copyOf(hostAddresses);
        }

        /** Returns why the engine's networks are not those of this host. */
        public String reason() {
            return switch (separation) {
                case ROOTLESS -> "the engine is rootless, and its networks are not those of this host";
                case DESKTOP -> "Docker Desktop runs its containers in a virtual machine";
                case MACHINE ->
                    "the engine's socket leads to another machine or to a virtual machine"
                            + (engineHost.isEmpty() ? "" : ", " + PrintableText.of(engineHost));
                case NAMESPACE -> "the engine runs in another network namespace than Interlock";
            };
        }

        @Override
        public OwnContainer own() {
            return OwnContainer.NONE;
        }

        @Override
        public boolean isProven() {
            return separation != Separation.NAMESPACE;
        }
    }

    /** What lies between this host and the networks of an engine whose socket is here. */
    enum Separation {
        /** The engine runs without root, in a network of its own. */
        ROOTLESS,
        /** The engine runs in the virtual machine of Docker Desktop. */
        DESKTOP,
        /** The engine runs on another machine, or in a virtual machine. */
        MACHINE,
        /** The engine runs on this machine, in another network namespace. */
        NAMESPACE
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
