package io.interlock.app.inventory;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one inspect said about a container that runs, reduced to what routing can depend on. All texts are untrusted.
 *
 * @param key which container of which engine
 * @param name the container's name, without the leading slash
 * @param image what it was made from, as it was named then; empty if the engine did not say; for people alone
 * @param created when it was created
 * @param startedAt when it was last started
 * @param paused whether it is paused
 * @param stopping whether it got its stop signal and has not ended or proven to live on
 * @param health what its HEALTHCHECK says
 * @param hostname as configured, or the short id that engines give to a container without one; empty if none, and in
 *     the host's network if it is just the host's own name
 * @param domainname as configured; empty if none, as today's engines leave it
 * @param interlockData the value of the environment variable {@code INTERLOCK_DATA}
 * @param labels those whose names begin with {@link LabelPrefix#INTERLOCK} or nearly so, and those that the operator's filter
 *     asks for; whole names, sorted
 * @param exposedTcpPorts declared or published ones, ascending, without doubles
 * @param publishedPorts TCP ports that the engine publishes on its host, by container port, then host address
 * @param networkMode as configured: {@code default}, {@code bridge}, {@code host}, {@code none}, {@code container:ID}
 *     (it has no network of its own), a network's name
 * @param networks the networks that it is attached to, by name
 * @param node where the node of the swarm that it runs on can be reached, for a task of a service, the unspecified address if that
 *     is not known; empty for a container of the engine itself
 */
public record ContainerFacts(
        ContainerKey key,
        String name,
        String image,
        Instant created,
        Instant startedAt,
        boolean paused,
        boolean stopping,
        Health health,
        String hostname,
        String domainname,
        Optional<String> interlockData,
        Map<String, String> labels,
        List<Integer> exposedTcpPorts,
        List<PublishedPort> publishedPorts,
        String networkMode,
        List<NetworkAttachment> networks,
        Optional<InetAddress> node) {

    /** What a container's HEALTHCHECK says. */
    public enum Health {
        /** It has no HEALTHCHECK. */
        NONE,
        STARTING,
        HEALTHY,
        UNHEALTHY
    }

    public ContainerFacts {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        exposedTcpPorts = exposedTcpPorts.stream().sorted().distinct().toList();
        publishedPorts = publishedPorts.stream().sorted().distinct().toList();
        networks = networks.stream().sorted().distinct().toList();
    }

    /** Of a container of the engine itself. */
    public ContainerFacts(
            ContainerKey key,
            String name,
            String image,
            Instant created,
            Instant startedAt,
            boolean paused,
            boolean stopping,
            Health health,
            String hostname,
            String domainname,
            Optional<String> interlockData,
            Map<String, String> labels,
            List<Integer> exposedTcpPorts,
            List<PublishedPort> publishedPorts,
            String networkMode,
            List<NetworkAttachment> networks) {
        this(
                key,
                name,
                image,
                created,
                startedAt,
                paused,
                stopping,
                health,
                hostname,
                domainname,
                interlockData,
                labels,
                exposedTcpPorts,
                publishedPorts,
                networkMode,
                networks,
                Optional.empty());
    }

    /** The same facts with the order in which the container joined its networks, given what was known of it before. */
    ContainerFacts after(ContainerFacts before) {
        int next = 1
                + before.networks.stream()
                        .mapToInt(NetworkAttachment::order)
                        .max()
                        .orElse(-1);
        List<NetworkAttachment> inOrder = networks.stream()
                .map(network -> network.joined(before.networks.stream()
                        .filter(network::isOfSameNetwork)
                        .findFirst()
                        .map(NetworkAttachment::order)
                        .orElse(next)))
                .toList();
        return inOrder.equals(networks) ? this : with(stopping, inOrder);
    }

    /** The same facts about a container that is, or is not, about to stop. */
    public ContainerFacts withStopping(boolean nowStopping) {
        return with(nowStopping, networks);
    }

    private ContainerFacts with(boolean nowStopping, List<NetworkAttachment> itsNetworks) {
        return new ContainerFacts(
                key,
                name,
                image,
                created,
                startedAt,
                paused,
                nowStopping,
                health,
                hostname,
                domainname,
                interlockData,
                labels,
                exposedTcpPorts,
                publishedPorts,
                networkMode,
                itsNetworks,
                node);
    }
}
