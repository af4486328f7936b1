package io.interlock.haproxy.model;

import io.interlock.util.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Desired state of a server in HAProxy.
 *
 * @param name unique in its backend
 * @param address the address to connect to
 * @param port the port to connect to
 * @param checkInterval milliseconds
 * @param weight the share of requests; 0: the server finishes its requests and gets no new ones
 */
public record ServerSpec(String name, InetAddress address, int port, long checkInterval, int weight) {

    /** Default weight of a server that accepts requests. */
    public static final int FULL_WEIGHT = 1;

    /**
     * Suffix of the names of backup servers. HAProxy cannot turn a server into a backup or back, so a server whose role
     * changes gets another name.
     */
    private static final String BACKUP = ":backup";

    /** HAProxy allows colons in server names, and names of containers have none. */
    private static final String WAITING_NAME = "interlock:wait";

    /**
     * Placeholder at which requests wait while a backend has no other server. Its port refuses every connection, so
     * HAProxy retries until there is a server or the retries are exhausted.
     */
    public static final ServerSpec WAITING = waiting();

    /** Whether this is {@link #WAITING}, which is used only if there is no other server, and is not checked. */
    public boolean isWaiting() {
        return name.equals(WAITING_NAME);
    }

    /** Whether the server is used only while no other server is available. */
    public boolean isBackup() {
        return name.endsWith(BACKUP) || name.contains(BACKUP + ":");
    }

    /** Returns this server as a backup. */
    public ServerSpec asBackup() {
        return named(name + BACKUP);
    }

    /** Address and port in the notation of HAProxy's configuration. */
    public String endpoint() {
        String host = address.getHostAddress();
        return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
    }

    /** Returns this server under another name, so that HAProxy can have it beside a server of the same name. */
    public ServerSpec variant(int number) {
        return named(number == 1 ? name : name + ":" + number);
    }

    /** Returns this server under the given name. */
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
