package io.interlock.systemtests.support;

import static org.awaitility.Awaitility.await;

import io.interlock.testsupport.engine.NamespaceEngine;
import io.interlock.testsupport.engine.NetworkSegment;
import io.interlock.testsupport.network.HttpConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Two hosts in one network between which keepalived moves an address, and a third host whose engine both of them watch;
 * configured as the documentation describes. Needs root, {@code keepalived}, {@code dockerd} and {@code ip}.
 */
public final class KeepalivedPair implements AutoCloseable {

    private static final String PAGE = "docs/operations.md";
    private static final String DOCUMENTED_ADDRESS = "192.0.2.10";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int PORT = 80;
    private static final int ENGINE = 2;
    private static final int VIRTUAL = 3;

    private final NetworkSegment segment;
    private final NamespaceEngine engine;
    private final String virtualIp;
    private final List<KeepalivedHost> hosts;

    private KeepalivedPair() throws IOException {
        segment = NetworkSegment.create();
        engine = NamespaceEngine.startIn(segment, ENGINE);
        virtualIp = segment.address(VIRTUAL);
        String first = documented().replace(DOCUMENTED_ADDRESS, virtualIp);
        String second = first.replace("priority 100", "priority 90");
        hosts = List.of(
                new KeepalivedHost(segment, 0, engine.address(), first, virtualIp),
                new KeepalivedHost(segment, 1, engine.address(), second, virtualIp));
    }

    /** Starts everything; does not wait until a host has the address. */
    public static KeepalivedPair start() throws IOException {
        return new KeepalivedPair();
    }

    private static String documented() throws IOException {
        return MarkdownDocument.read(PAGE).blocks().stream()
                .map(MarkdownDocument.Block::text)
                .filter(text -> text.contains("vrrp_instance"))
                .findFirst()
                .orElseThrow(() -> new IOException(PAGE + " has no configuration of keepalived"));
    }

    /** The engine that both watch. */
    public NamespaceEngine engine() {
        return engine;
    }

    /** The host that has the address if it can. */
    public KeepalivedHost first() {
        return hosts.getFirst();
    }

    /** The other host. */
    public KeepalivedHost second() {
        return hosts.getLast();
    }

    /** The address for clients. */
    public InetSocketAddress address() {
        return new InetSocketAddress(virtualIp, PORT);
    }

    /** Cuts the first host off from all others, or connects it again. */
    public void connectFirst(boolean connected) throws IOException {
        segment.connect(0, connected);
    }

    /** Waits until this host, and it alone, has the address, and a container answers for this name there. */
    public void awaitServedBy(KeepalivedHost host, String name) {
        await("the address is at " + host.ip() + " and answers").atMost(LIMIT).until(() -> isServedBy(host, name));
    }

    private boolean isServedBy(KeepalivedHost host, String name) {
        try {
            for (KeepalivedHost each : hosts) {
                if (each.hasVirtualIp() != each.equals(host)) {
                    return false;
                }
            }
            return answers(host.ip(), name) && answers(virtualIp, name);
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean answers(String address, String name) throws IOException {
        return HttpConnection.getFrom(address, PORT, name, "/name").status() == 200;
    }

    @Override
    public void close() throws IOException {
        for (KeepalivedHost host : hosts) {
            host.close();
        }
        engine.close();
        segment.close();
    }
}
