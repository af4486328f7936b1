package io.interlock.haproxy.plan;

import java.net.InetAddress;
import java.util.Map;
import java.util.Set;

/**
 * What HAProxy says it has.
 *
 * @param servers by place and name
 * @param entries every line of every map that it uses
 * @param certificates the path of each certificate in its list
 */
public record Actual(
        Map<String, Map<String, ActualServer>> servers, Map<Entry.Key, String> entries, Set<String> certificates) {
    public Actual {
        servers = Map.copyOf(servers);
        entries = Map.copyOf(entries);
        certificates = Set.copyOf(certificates);
    }

    /** One without certificates. */
    public Actual(Map<String, Map<String, ActualServer>> servers, Map<Entry.Key, String> entries) {
        this(servers, entries, Set.of());
    }

    /**
     * A server, as far as HAProxy tells.
     *
     * @param address where it connects to
     * @param port where it connects to
     * @param weight its share
     * @param inService false: it waits to be removed
     */
    public record ActualServer(InetAddress address, int port, int weight, boolean inService) {}
}
