package io.interlock.app.docker.client;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.RouteEvidence;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Result of one inspect of a container.
 *
 * @param running whether its process runs, paused or not
 * @param facts everything that routing can depend on; {@linkplain ContainerFacts#stopping() stopping} only for a task
 *     of a swarm, because an inspect of another container does not report it
 * @param stopSignal the signal that asks it to end, as a number or a name
 * @param stopTimeout how long it may take to end before the engine kills it
 * @param gateways gateways of the networks that it is attached to, IPv4 first
 * @param task the task of a swarm that it belongs to; empty if there is none
 */
public record ContainerInspection(
        boolean running,
        ContainerFacts facts,
        String stopSignal,
        Duration stopTimeout,
        List<InetAddress> gateways,
        Optional<TaskRef> task) {

    /** Identifies a task of a service. */
    public record TaskRef(String taskId, String serviceId) {}

    public ContainerInspection {
        gateways = List.copyOf(gateways);
    }

    /** Returns the same inspection with other facts. */
    public ContainerInspection withFacts(ContainerFacts others) {
        return new ContainerInspection(running, others, stopSignal, stopTimeout, gateways, task);
    }

    /** Creates the inspection of a container that is not part of a task. */
    public ContainerInspection(
            boolean running,
            ContainerFacts facts,
            String stopSignal,
            Duration stopTimeout,
            List<InetAddress> gateways) {
        this(running, facts, stopSignal, stopTimeout, gateways, Optional.empty());
    }

    /** Whether this host has an interface in one of the container's networks, so that it is on the engine's host. */
    public boolean showsInterface() {
        return facts.networks().stream()
                .map(NetworkAttachment::evidence)
                .anyMatch(evidence ->
                        evidence.ipv4() == RouteEvidence.INTERFACE || evidence.ipv6() == RouteEvidence.INTERFACE);
    }
}
