package io.interlock.testsupport.engine;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Network of hosts of one test, to which this host belongs. It has a bridge in a network namespace, where the rules of
 * this host's engine do not apply. Needs root and {@code ip}.
 */
public final class NetworkSegment implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int SUBNETS = 233;
    private static final int FIRST_HOST = 11;

    private final String name;
    private final String network;

    private NetworkSegment(String name, String network) {
        this.name = name;
        this.network = network;
    }

    public static NetworkSegment create() throws IOException {
        int number = NUMBER.incrementAndGet();
        // The name of a device has at most 15 characters.
        NetworkSegment segment = new NetworkSegment(
                "il" + ProcessHandle.current().pid() % 100_000 + "s" + number, SubnetAllocator.free(SUBNETS));
        ip("netns", "add", segment.name);
        ip("-n", segment.name, "link", "add", "bridge0", "type", "bridge");
        ip("-n", segment.name, "link", "set", "bridge0", "up");
        ip("link", "add", segment.name, "type", "veth", "peer", "name", "here", "netns", segment.name);
        ip("-n", segment.name, "link", "set", "here", "master", "bridge0");
        ip("-n", segment.name, "link", "set", "here", "up");
        ip("addr", "add", segment.network + "1/24", "dev", segment.name);
        ip("link", "set", segment.name, "up");
        return segment;
    }

    /** Creates a device {@code eth0} for the host in a network namespace, and returns its address. */
    public String join(String namespace, int host) throws IOException {
        String address = address(host);
        ip("-n", name, "link", "add", port(host), "type", "veth", "peer", "name", "eth0", "netns", namespace);
        ip("-n", name, "link", "set", port(host), "master", "bridge0");
        ip("-n", name, "link", "set", port(host), "up");
        ip("-n", namespace, "addr", "add", address + "/24", "dev", "eth0");
        ip("-n", namespace, "link", "set", "eth0", "up");
        return address;
    }

    /** Returns the address of a host, existing or not. */
    public String address(int host) {
        return network + (FIRST_HOST + host);
    }

    /** Disconnects a host, or connects it again. */
    public void connect(int host, boolean connected) throws IOException {
        ip("-n", name, "link", "set", port(host), connected ? "up" : "down");
    }

    private static String port(int host) {
        return "port" + host;
    }

    private static void ip(String... arguments) throws IOException {
        NamespaceEngine.ip(arguments);
    }

    @Override
    public void close() throws IOException {
        ip("link", "del", name);
        ip("netns", "del", name);
    }
}
