package io.interlock.api.topology;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Container as a load balancer sees it.
 *
 * @param id identifies the container over all engines for its lifetime; printable ASCII without blanks or quotes
 * @param name the name in statistics, derived from the container; unique within its backend; letters, digits,
 *     {@code _ . -}, at most 255 characters
 * @param address the address to connect to; never the unspecified address, and without host name or scope
 * @param port 1 to 65535
 * @param state whether it takes new requests
 * @param checkInterval time between two health checks; positive, whole milliseconds
 * @param weight share of requests, relative to the other servers of its backend; 1 to 256
 * @param backup whether it gets requests only while no other server can take them
 * @param policies what its container asks for connections to it; at most one of each kind
 */
public record Server(
        String id,
        String name,
        InetAddress address,
        int port,
        ServerState state,
        Duration checkInterval,
        int weight,
        boolean backup,
        List<BackendPolicy.ServerPolicy> policies)
        implements Comparable<Server> {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:/@-]{1,255}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,254}");
    private static final int MAX_PORT = 65535;
    private static final int MAX_WEIGHT = 256;

    /**
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Server {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not a server id: " + QuotedText.quoted(id));
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a server name: " + QuotedText.quoted(name));
        }
        address = plain(address);
        policies = List.copyOf(policies);
        if (address.isAnyLocalAddress()) {
            throw new IllegalArgumentException("server " + name + " has the unspecified address");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("server " + name + " has port " + port + ", expected 1 to " + MAX_PORT);
        }
        if (checkInterval.toMillis() < 1 || !checkInterval.equals(Duration.ofMillis(checkInterval.toMillis()))) {
            throw new IllegalArgumentException("server " + name + " has check interval " + checkInterval
                    + ", expected whole milliseconds, at least 1");
        }
        if (weight < 1 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException(
                    "server " + name + " has weight " + weight + ", expected 1 to " + MAX_WEIGHT);
        }
    }

    /** Creates a server without policies. */
    public Server(
            String id,
            String name,
            InetAddress address,
            int port,
            ServerState state,
            Duration checkInterval,
            int weight,
            boolean backup) {
        this(id, name, address, port, state, checkInterval, weight, backup, List.of());
    }

    /** Creates a server that is not a backup. */
    public Server(
            String id,
            String name,
            InetAddress address,
            int port,
            ServerState state,
            Duration checkInterval,
            int weight) {
        this(id, name, address, port, state, checkInterval, weight, false);
    }

    /** Creates a server of weight 1 that is not a backup. */
    public Server(String id, String name, InetAddress address, int port, ServerState state, Duration checkInterval) {
        this(id, name, address, port, state, checkInterval, 1, false);
    }

    /** Returns a copy with this name. */
    public Server named(String other) {
        return new Server(id, other, address, port, state, checkInterval, weight, backup, policies);
    }

    /** Returns a copy in this state. */
    public Server in(ServerState other) {
        return new Server(id, name, address, port, other, checkInterval, weight, backup, policies);
    }

    /** Returns a copy with this weight. */
    public Server weighing(int other) {
        return new Server(id, name, address, port, state, checkInterval, other, backup, policies);
    }

    /** Returns a copy that is, or is not, a backup. */
    public Server asBackup(boolean other) {
        return new Server(id, name, address, port, state, checkInterval, weight, other, policies);
    }

    /** Returns a copy with these policies. */
    public Server with(List<BackendPolicy.ServerPolicy> others) {
        return new Server(id, name, address, port, state, checkInterval, weight, backup, others);
    }

    private static InetAddress plain(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + address, e);
        }
    }

    /** Compares by name, the order within a backend. */
    @Override
    public int compareTo(Server other) {
        return name.compareTo(other.name);
    }
}
