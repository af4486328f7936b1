package io.interlock.app.topology.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** How the ports of a container are reachable from Interlock. */
public sealed interface Reachability {

    /** Every port is reachable, at an address of the container or of the host whose network it shares. */
    record Direct(InetAddress address) implements Reachability {}

    /**
     * Only ports that are published on the engine's host are reachable; possibly none.
     *
     * @param ports the reachable address of each container port
     * @param advice how to make another port reachable
     */
    record Published(SortedMap<Integer, InetSocketAddress> ports, String advice) implements Reachability {
        public Published {
            ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
        }
    }
}
