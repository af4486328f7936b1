package io.interlock.app.docker;

import io.interlock.app.inventory.ContainerFacts;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * What one inspect of a container said.
 *
 * @param running whether its process runs, paused or not
 * @param facts what routing can depend on; never {@linkplain ContainerFacts#stopping() stopping}, which no inspect tells
 * @param stopSignal the signal that asks it to end, as a number or a name
 * @param stopTimeout how long it may take before it is killed
 * @param gateways of the networks that it is attached to, IPv4 first
 */
record Inspection(
        boolean running, ContainerFacts facts, String stopSignal, Duration stopTimeout, List<InetAddress> gateways) {
    Inspection {
        gateways = List.copyOf(gateways);
    }
}
