package io.interlock.app.topology;

import io.interlock.app.inventory.ContainerKey;
import java.net.InetAddress;
import java.time.Instant;

/**
 * A container that is to be heard of before it is served: it was started long before its process listens.
 *
 * @param run which run of which container: a container that is started again is warmed again
 * @param containerName for people
 * @param hostName the Host header to send
 * @param address where it listens
 * @param port 1 to 65535
 * @param until what it is waited for
 */
public record WarmUp(Run run, String containerName, String hostName, InetAddress address, int port, Until until)
        implements Comparable<WarmUp> {

    /** What a container is waited for. */
    public enum Until {
        /** It accepts a connection. */
        LISTENING,
        /** It asked to be warmed: it answers a GET, with any status. */
        ANSWERING
    }

    /** One run of a container, from a start to its end. */
    public record Run(ContainerKey container, Instant startedAt) {}

    /** By container. */
    @Override
    public int compareTo(WarmUp other) {
        return run.container().compareTo(other.run.container());
    }
}
