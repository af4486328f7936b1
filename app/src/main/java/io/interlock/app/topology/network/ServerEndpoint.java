package io.interlock.app.topology.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Place at which a container may be reached.
 *
 * @param address the address
 * @param port 1 to 65535
 * @param network the name of the network that leads there, printable; empty if none of the container's does
 * @param preference why the first of several networks comes first, without an end; empty if there is one network
 */
public record ServerEndpoint(InetAddress address, int port, String network, String preference) {

    /** Creates an endpoint at a published port or in the network of the host. */
    ServerEndpoint(InetSocketAddress socket) {
        this(socket.getAddress(), socket.getPort(), "", "");
    }

    /** Returns the address and the port. */
    public InetSocketAddress socket() {
        return new InetSocketAddress(address, port);
    }
}
