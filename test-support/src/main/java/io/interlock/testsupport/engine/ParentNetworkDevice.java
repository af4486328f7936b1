package io.interlock.testsupport.engine;

import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network device of a test's own, with a subnet in which only this host is: a parent for networks of containers. Needs root and
 * {@code ip}.
 */
public final class ParentNetworkDevice implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int SUBNETS = 232;

    private final String name;
    private final String network;

    private ParentNetworkDevice(String name, String network) {
        this.name = name;
        this.network = network;
    }

    /** Makes it. */
    public static ParentNetworkDevice create() throws IOException {
        int number = NUMBER.incrementAndGet();
        // A device's name may have 15 characters.
        ParentNetworkDevice link = new ParentNetworkDevice(
                "il" + ProcessHandle.current().pid() % 100_000 + "l" + number, SubnetAllocator.free(SUBNETS));
        SystemProcesses.run("ip", "link", "add", link.name, "type", "veth", "peer", "name", link.name + "p");
        SystemProcesses.run("ip", "addr", "add", link.network + "1/24", "dev", link.name);
        SystemProcesses.run("ip", "link", "set", link.name, "up");
        SystemProcesses.run("ip", "link", "set", link.name + "p", "up");
        return link;
    }

    /** Of the device. */
    public String name() {
        return name;
    }

    /** As {@code 10.1.2.0/24}. */
    public String subnet() {
        return network + "0/24";
    }

    /** An address in it that nobody has. */
    public String gateway() {
        return network + "254";
    }

    @Override
    public void close() throws IOException {
        SystemProcesses.run("ip", "link", "del", name);
    }
}
