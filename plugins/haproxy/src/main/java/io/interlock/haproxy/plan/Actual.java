package io.interlock.haproxy.plan;

import java.net.InetAddress;
import java.util.Map;

/**
 * What HAProxy says it has.
 *
 * @param servers by place and name
 * @param entries every line of every map that it uses
 */
public record Actual(Map<String, Map<String, ActualServer>> servers, Map<Entry.Key, String> entries) {
    public Actual {
        servers = Map.copyOf(servers);
        entries = Map.copyOf(entries);
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
