package io.interlock.app.readiness;

import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.topology.grouping.ServerCandidate;
import java.net.InetAddress;

/**
 * Target of a readiness probe: the place at which a container must accept a connection or answer a request before it is
 * served. A container starts long before its process listens.
 *
 * @param run the run of the container; a restarted container is probed again
 * @param containerName the container's name, for people
 * @param hostName the Host header of the request
 * @param address the address at which the container listens
 * @param port 1 to 65535
 * @param condition what the container must do
 */
public record ProbeTarget(
        ContainerRun run, String containerName, String hostName, InetAddress address, int port, Condition condition)
        implements Comparable<ProbeTarget> {

    /** Condition that a container must meet to be ready. */
    public enum Condition {
        /** It accepts a connection. */
        LISTENS,
        /** It answers a GET, with any status; for a container with the field {@code warm}. */
        ANSWERS
    }

    /** Returns the probe target of a candidate. */
    static ProbeTarget of(ServerCandidate candidate) {
        return new ProbeTarget(
                candidate.run(),
                candidate.containerName(),
                candidate.hostHeader(),
                candidate.server().address(),
                candidate.server().port(),
                candidate.warm() ? Condition.ANSWERS : Condition.LISTENS);
    }

    /** Compares by container. */
    @Override
    public int compareTo(ProbeTarget other) {
        return run.container().compareTo(other.run.container());
    }
}
