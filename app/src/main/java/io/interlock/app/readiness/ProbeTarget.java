package io.interlock.app.readiness;

import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.topology.grouping.ServerCandidate;
import java.net.InetAddress;

/**
 * Where a container must accept a connection or answer a request before it is served. A container starts long before its
 * process listens.
 *
 * @param run which run of which container: a container that starts again is probed again
 * @param containerName for people
 * @param hostName the Host header to send
 * @param address where it listens
 * @param port 1 to 65535
 * @param condition what the container must do
 */
public record ProbeTarget(
        ContainerRun run, String containerName, String hostName, InetAddress address, int port, Condition condition)
        implements Comparable<ProbeTarget> {

    /** What a container must do to be ready. */
    public enum Condition {
        /** It accepts a connection. */
        LISTENS,
        /** It answers a GET, with any status; for a container with the field {@code warm}. */
        ANSWERS
    }

    /** The probe of this candidate. */
    static ProbeTarget of(ServerCandidate candidate) {
        return new ProbeTarget(
                candidate.run(),
                candidate.containerName(),
                candidate.hostHeader(),
                candidate.server().address(),
                candidate.server().port(),
                candidate.warm() ? Condition.ANSWERS : Condition.LISTENS);
    }

    /** By container. */
    @Override
    public int compareTo(ProbeTarget other) {
        return run.container().compareTo(other.run.container());
    }
}
