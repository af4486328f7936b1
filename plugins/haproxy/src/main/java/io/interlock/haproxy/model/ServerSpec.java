package io.interlock.haproxy.model;

import io.interlock.util.IpLiteral;
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

    /** The weight of a server that takes requests, unless it has another one. */
    public static final int FULL_WEIGHT = 1;

    /** Ends the name of a server that is a backup, so that one that becomes another kind is another one: HAProxy cannot change it. */
    private static final String BACKUP = ":backup";

    /** HAProxy allows the colon in names of servers, and containers' names have none. */
    private static final String WAITING_NAME = "interlock:wait";

    /**
     * Where requests wait while a backend has no other server: a port that refuses every connection, so that they are tried
     * again until there is one, or for too long.
     */
    public static final ServerSpec WAITING = waiting();

    /** Whether this is {@link #WAITING}: used if there is no other, and not checked. */
    public boolean isWaiting() {
        return name.equals(WAITING_NAME);
    }

    /** Whether it is used only while none of the others can be. */
    public boolean isBackup() {
        return name.endsWith(BACKUP) || name.contains(BACKUP + ":");
    }

    /** The same as a backup. */
    public ServerSpec asBackup() {
        return named(name + BACKUP);
    }

    /** Address and port as HAProxy's configuration has them. */
    public String endpoint() {
        String host = address.getHostAddress();
        return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
    }

    /** The same by another name, for HAProxy to have it beside one of the same name. */
    public ServerSpec variant(int number) {
        return named(number == 1 ? name : name + ":" + number);
    }

    /** The same by this name. */
    public ServerSpec named(String other) {
        return new ServerSpec(other, address, port, checkInterval, weight);
    }

    public boolean hasEndpointOf(ServerSpec other) {
        return port == other.port && address.equals(other.address);
    }

    private static ServerSpec waiting() {
        return new ServerSpec(WAITING_NAME, IpLiteral.of("127.0.0.1"), 1, 0, FULL_WEIGHT);
    }
}
