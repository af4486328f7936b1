package io.interlock.app.readiness;

import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.topology.grouping.ServerCandidate;
import io.interlock.app.topology.network.ServerEndpoint;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Target of a readiness probe: the places at one of which a container must accept a connection or answer a request before it is
 * served. A container starts long before its process listens.
 *
 * @param run the run of the container; a restarted container is probed again
 * @param containerName the container's name, for people
 * @param hostName the Host header of the request
 * @param endpoints the places at which the container may listen, best first; at least one
 * @param condition what the container must do
 */
public record ProbeTarget(
        ContainerRun run, String containerName, String hostName, List<ServerEndpoint> endpoints, Condition condition)
        implements Comparable<ProbeTarget> {

    /** Condition that a container must meet to be ready. */
    public enum Condition {
        /** It accepts a connection. */
        LISTENS,
        /** It answers a GET, with any status; for a container with the field {@code warm}. */
        ANSWERS
    }

    public ProbeTarget {
        endpoints = List.copyOf(endpoints);
    }

    /** Returns the probe target of a candidate. */
    static ProbeTarget of(ServerCandidate candidate) {
        return new ProbeTarget(
                candidate.run(),
                candidate.containerName(),
                candidate.hostHeader(),
                candidate.endpoints(),
                candidate.warm() ? Condition.ANSWERS : Condition.LISTENS);
    }

    /** Returns the addresses of the endpoints, for people. */
    String addresses() {
        return endpoints.stream()
                .map(endpoint -> endpoint.address().getHostAddress())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Compares by container. */
    @Override
    public int compareTo(ProbeTarget other) {
        return run.container().compareTo(other.run.container());
    }
}
