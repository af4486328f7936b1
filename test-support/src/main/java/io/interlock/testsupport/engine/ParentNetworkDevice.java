package io.interlock.testsupport.engine;

import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Network device of one test, with a subnet that contains only this host: a parent for networks of containers. Needs
 * root and {@code ip}.
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

    /** Creates the device. */
    public static ParentNetworkDevice create() throws IOException {
        int number = NUMBER.incrementAndGet();
        // The name of a device has at most 15 characters.
        ParentNetworkDevice link = new ParentNetworkDevice(
                "il" + ProcessHandle.current().pid() % 100_000 + "l" + number, SubnetAllocator.free(SUBNETS));
        SystemProcesses.run("ip", "link", "add", link.name, "type", "veth", "peer", "name", link.name + "p");
        SystemProcesses.run("ip", "addr", "add", link.network + "1/24", "dev", link.name);
        SystemProcesses.run("ip", "link", "set", link.name, "up");
        SystemProcesses.run("ip", "link", "set", link.name + "p", "up");
        return link;
    }

    /** Returns the name of the device. */
    public String name() {
        return name;
    }

    /** Returns the subnet as {@code 10.1.2.0/24}. */
    public String subnet() {
        return network + "0/24";
    }

    /** Returns an unused address of the subnet. */
    public String gateway() {
        return network + "254";
    }

    @Override
    public void close() throws IOException {
        SystemProcesses.run("ip", "link", "del", name);
    }
}
