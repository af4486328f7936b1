package io.interlock.app.topology.network;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.RouteEvidence;
import io.interlock.util.PrintableText;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says why the networks of a container do not lead to it, and what to change. */
final class UnreachableNetworkText {

    private static final int MAX_NETWORKS = 3;
    private static final String ROUTED =
            ", or, if the network is routed to Interlock's host, give its range in routed_networks of the engine in the"
                    + " configuration";

    private UnreachableNetworkText() {}

    /** Returns why no network leads to the container, without a beginning or an end; empty if that is all there is to say. */
    static String reason(ContainerFacts facts, NetworkLocation location, Optional<String> asked) {
        return switch (location) {
            case NetworkLocation.OnHost onHost ->
                facts.networks().stream()
                        .filter(network -> asked.isEmpty() || network.name().equals(asked.get()))
                        .flatMap(UnreachableNetworkText::obstacle)
                        .limit(MAX_NETWORKS)
                        .collect(Collectors.joining(", and "));
            case NetworkLocation.Separate separate -> separate.reason();
            case NetworkLocation.InContainer inside -> "";
            case NetworkLocation.Remote remote -> "";
        };
    }

    private static Stream<String> obstacle(NetworkAttachment network) {
        return Stream.of(
                        obstacle(network, network.ipv4(), network.evidence().ipv4()),
                        obstacle(network, network.ipv6(), network.evidence().ipv6()))
                .flatMap(Optional::stream)
                .limit(1);
    }

    private static Optional<String> obstacle(
            NetworkAttachment network, Optional<InetAddress> address, RouteEvidence evidence) {
        String name = "its network " + PrintableText.of(network.name());
        String driver = network.evidence().driver().isEmpty()
                ? ""
                : " of driver " + PrintableText.of(network.evidence().driver());
        return address.map(InetAddress::getHostAddress).flatMap(at -> switch (evidence) {
            case UNKNOWN, INTERFACE, ROUTE, CONFIGURED -> Optional.empty();
            case NO_INTERFACE -> Optional.of("this host has no interface in " + name + ", where its address is " + at);
            case NO_ADDRESS ->
                Optional.of("this host has no address in " + name
                        + ", which is isolated or overlaps another, where its address is " + at);
            case NO_ROUTE -> Optional.of("no route of this host leads to " + at + " in " + name + driver);
            case OWN_ADDRESS -> Optional.of(at + " in " + name + driver + " is an address of this host itself");
        });
    }

    static String advice(ContainerFacts facts, NetworkLocation location) {
        if (facts.node().isPresent()) {
            return facts.networks().isEmpty()
                    ? "attach the service to a network in which Interlock runs as a container, or publish the port"
                    : "run Interlock as a container in one of the service's networks, " + names(facts.networks())
                            + ", or publish the port";
        }
        return switch (location) {
            case NetworkLocation.OnHost onHost ->
                facts.networks().stream()
                                .noneMatch(
                                        network -> obstacle(network).findAny().isPresent())
                        ? "attach the container to a network, or publish the port"
                        : "connect the container to another network, or publish the port, or run Interlock as a container in"
                                + " that network" + ROUTED;
            case NetworkLocation.Separate separate -> advice(separate);
            case NetworkLocation.Remote remote ->
                "publish the port on an address of the engine's host that can be reached from here: docker run -p or -P"
                        + ROUTED;
            case NetworkLocation.InContainer inContainer ->
                "connect Interlock's container to "
                        + (facts.networks().isEmpty()
                                ? "a network of this one"
                                : "one of this one's networks, " + names(facts.networks()))
                        + ", or publish the port";
        };
    }

    private static String advice(NetworkLocation.Separate separate) {
        String elsewhere = "run Interlock as a container of that engine" + ROUTED;
        return separate.hostAddresses().isEmpty()
                ? "publish the port and give the address at which it is reached in published_address of the engine in the"
                        + " configuration, or " + elsewhere
                : "publish the port: docker run -p or -P, or " + elsewhere;
    }

    static String adviceForHostNetwork(ContainerFacts facts, NetworkLocation location) {
        if (facts.node().isPresent()) {
            return "the swarm does not tell where its node is";
        }
        return location instanceof NetworkLocation.Separate separate
                ? separate.reason() + ", not even the network host: use another network and publish the port, or run"
                        + " Interlock as a container of that engine"
                : "Interlock's own container has no network that leads to its host";
    }

    private static String names(List<NetworkAttachment> networks) {
        return PrintableText.of(networks.stream().map(NetworkAttachment::name).collect(Collectors.joining(", ")));
    }
}
