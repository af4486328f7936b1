package io.interlock.app.topology;

import io.interlock.app.inventory.ContainerKey;
import java.net.InetAddress;
import java.time.Instant;

/**
 * A container that is to answer a GET before it is served.
 *
 * @param run which run of which container: a container that is started again is warmed again
 * @param containerName for people
 * @param hostName the Host header to send
 * @param address where it listens
 * @param port 1 to 65535
 */
public record WarmUp(Run run, String containerName, String hostName, InetAddress address, int port)
        implements Comparable<WarmUp> {

    /** One run of a container, from a start to its end. */
    public record Run(ContainerKey container, Instant startedAt) {}

    /** By container; there is one for each at most. */
    @Override
    public int compareTo(WarmUp other) {
        return run.container().compareTo(other.run.container());
    }
}
