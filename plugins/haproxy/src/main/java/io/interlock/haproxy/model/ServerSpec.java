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
 * @param id HAProxy's number of the server, unique in its backend; the place of the server on the ring of a consistent
 *     hash follows from it modulo {@link #RING}
 * @param weight the share of requests; 0: the server finishes its requests and gets no new ones
 * @param traits what HAProxy cannot change
 */
public record ServerSpec(String name, InetAddress address, int port, int id, int weight, ServerTraits traits) {

    /** Default weight of a server that accepts requests. */
    public static final int FULL_WEIGHT = 1;

    /** Highest weight that HAProxy accepts. */
    public static final int MAX_WEIGHT = 256;

    /**
     * Number of ids with different places on the ring of a consistent hash: HAProxy multiplies an id by 4,096 in 32
     * bits.
     */
    public static final int RING = 1 << 20;

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
        return new ServerSpec(other, address, port, id, weight, traits);
    }

    /** Returns this server with the given id. */
    public ServerSpec numbered(int other) {
        return new ServerSpec(name, address, port, other, weight, traits);
    }

    /** Returns this server with the given weight. */
    public ServerSpec weighing(int other) {
        return new ServerSpec(name, address, port, id, other, traits);
    }

    public boolean hasEndpointOf(ServerSpec other) {
        return port == other.port && address.equals(other.address);
    }

    /** Whether HAProxy can turn this server into the other one: only address, port, name and weight may differ. */
    public boolean canBecome(ServerSpec other) {
        return id % RING == other.id % RING && traits.equals(other.traits);
    }

    private static ServerSpec waiting() {
        return new ServerSpec(WAITING_NAME, IpLiteral.of("127.0.0.1"), 1, RING, FULL_WEIGHT, new ServerTraits(0));
    }
}
