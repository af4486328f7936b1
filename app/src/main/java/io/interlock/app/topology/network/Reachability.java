package io.interlock.app.topology.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the ports of a container are reachable from Interlock. */
public sealed interface Reachability {

    /**
     * Every port is reachable, at addresses of the container or of the host whose network it shares.
     *
     * @param addresses at least one, best first
     */
    record Direct(List<NetworkAddress> addresses) implements Reachability {
        public Direct {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Address of a container.
     *
     * @param network the name of the network in which the container has it, printable; empty for the network of the host
     * @param preference why the first of several networks comes first, without an end; empty if there is one network
     */
    record NetworkAddress(InetAddress address, String network, String preference) {}

    /**
     * Only ports that are published on the engine's host are reachable; possibly none.
     *
     * @param ports the reachable address of each container port
     * @param reason why others are not
     * @param advice how to make another port reachable
     */
    record Published(SortedMap<Integer, InetSocketAddress> ports, String reason, String advice)
            implements Reachability {
        public Published {
            ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
        }
    }
}
