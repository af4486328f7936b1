package io.interlock.app.topology.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a container's ports can be reached from where Interlock is. */
public sealed interface Reachability {

    /** Every port, at an address of the container or of the host whose network it shares. */
    record Direct(InetAddress address) implements Reachability {}

    /**
     * Only ports that are published on the engine's host; possibly none.
     *
     * @param ports where each container port can be reached
     * @param advice what to do so that another port can be reached
     */
    record Published(SortedMap<Integer, InetSocketAddress> ports, String advice) implements Reachability {
        public Published {
            ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
        }
    }
}
