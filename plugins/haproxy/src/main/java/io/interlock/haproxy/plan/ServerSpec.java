package io.interlock.haproxy.plan;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * A server as HAProxy is to have it.
 *
 * @param name unique in its backend
 * @param address where to connect to
 * @param port where to connect to
 * @param checkInterval milliseconds
 * @param weight its share; 0: it finishes what it has and takes nothing new
 */
public record ServerSpec(String name, InetAddress address, int port, long checkInterval, int weight) {

    /** The weight of a server that takes requests. */
    public static final int FULL_WEIGHT = 1;

    /** Address and port as HAProxy's configuration has them. */
    public String endpoint() {
        String host = address.getHostAddress();
        return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
    }

    boolean hasEndpointOf(ServerSpec other) {
        return port == other.port && address.equals(other.address);
    }
}
