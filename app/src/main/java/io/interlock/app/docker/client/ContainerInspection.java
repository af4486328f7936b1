package io.interlock.app.docker.client;

import io.interlock.app.inventory.ContainerFacts;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one inspect of a container said.
 *
 * @param running whether its process runs, paused or not
 * @param facts what routing can depend on; {@linkplain ContainerFacts#stopping() stopping} only if it is a swarm's task, since of
 *     other containers no inspect tells that
 * @param stopSignal the signal that asks it to end, as a number or a name
 * @param stopTimeout how long it may take before it is killed
 * @param gateways of the networks that it is attached to, IPv4 first
 * @param task which task of a swarm it is; empty if it is none
 */
public record ContainerInspection(
        boolean running,
        ContainerFacts facts,
        String stopSignal,
        Duration stopTimeout,
        List<InetAddress> gateways,
        Optional<TaskRef> task) {

    /** Names a task of a service. */
    public record TaskRef(String taskId, String serviceId) {}

    public ContainerInspection {
        gateways = List.copyOf(gateways);
    }

    /** Of a container that is no task. */
    public ContainerInspection(
            boolean running,
            ContainerFacts facts,
            String stopSignal,
            Duration stopTimeout,
            List<InetAddress> gateways) {
        this(running, facts, stopSignal, stopTimeout, gateways, Optional.empty());
    }
}
