package io.interlock.app.inventory;

import java.net.InetAddress;
import java.util.Comparator;

/**
 * TCP port of a container that the engine publishes on its host.
 *
 * @param containerPort 1 to 65535
 * @param hostAddress the host's address to which it is bound; the unspecified address stands for all addresses of its
 *     family
 * @param hostPort 1 to 65535
 * @param ofHost whether the address can be one of the engine's host; a port at another address is not used
 */
public record PublishedPort(int containerPort, InetAddress hostAddress, int hostPort, boolean ofHost)
        implements Comparable<PublishedPort> {

    private static final Comparator<PublishedPort> ORDER = Comparator.comparingInt(PublishedPort::containerPort)
            .thenComparingInt(port -> port.hostAddress().getAddress().length)
            .thenComparing(port -> port.hostAddress().getHostAddress())
            .thenComparingInt(PublishedPort::hostPort);

    /** Creates a port at an address of the engine's host. */
    public PublishedPort(int containerPort, InetAddress hostAddress, int hostPort) {
        this(containerPort, hostAddress, hostPort, true);
    }

    @Override
    public int compareTo(PublishedPort other) {
        return ORDER.compare(this, other);
    }
}
