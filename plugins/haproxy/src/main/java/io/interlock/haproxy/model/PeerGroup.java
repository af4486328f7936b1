package io.interlock.haproxy.model;

import java.net.InetAddress;
import java.util.List;

/**
 * The HAProxys of several instances, which share counters of clients as peers. A peer is called by its address, so that
 * all instances call it by the same name.
 *
 * @param own the address of this instance
 * @param listen the address at which this HAProxy listens for the others
 * @param port the port of all instances
 * @param others the addresses of the other instances
 */
public record PeerGroup(InetAddress own, InetAddress listen, int port, List<InetAddress> others) {
    public PeerGroup {
        others = List.copyOf(others);
    }
}
