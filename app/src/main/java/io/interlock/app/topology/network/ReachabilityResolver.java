package io.interlock.app.topology.network;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.NetworkMode;
import io.interlock.app.inventory.PublishedPort;
import io.interlock.app.inventory.RouteEvidence;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.network.Reachability.NetworkAddress;
import io.interlock.util.IpLiteral;
import io.interlock.util.PrintableText;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides how a container is reachable: at its own addresses in networks for which there is evidence that they lead
 * there, otherwise at the ports that are published on its host. Of several networks, the one that the container joined
 * first comes first, so that a working address stays; then IPv4 before IPv6, the network in which it was created, and
 * the name.
 */
public final class ReachabilityResolver {

    private static final List<InetAddress> LOOPBACK = List.of(IpLiteral.of("127.0.0.1"), IpLiteral.of("::1"));

    private ReachabilityResolver() {}

    /**
     * @param networkOwner the container itself, or the one whose network it shares
     * @param asked the name of the network that the container asks for
     * @param findings receives a network that the container is not in
     */
    public static Reachability find(
            ContainerFacts networkOwner,
            NetworkLocation networkLocation,
            Optional<String> asked,
            FindingCollector findings) {
        if (asked.isPresent() && !isIn(networkOwner, asked.get())) {
            findings.leftOut(
                    ContainerField.NETWORK.key(),
                    asked.get(),
                    "is in no network of that name, but in "
                            + (networkOwner.networks().isEmpty()
                                    ? "none"
                                    : PrintableText.of(names(networkOwner.networks()))));
        }
        List<InetAddress> host = hostAddresses(networkOwner, networkLocation);
        if (NetworkMode.of(networkOwner) instanceof NetworkMode.Host) {
            return ofHostNetwork(networkOwner, networkLocation, host);
        }
        List<NetworkAddress> own = ownAddresses(networkOwner, networkLocation, asked);
        return own.isEmpty()
                ? new Reachability.Published(
                        reachablePorts(networkOwner.publishedPorts(), host),
                        UnreachableNetworkText.reason(networkOwner, networkLocation, asked),
                        UnreachableNetworkText.advice(networkOwner, networkLocation))
                : new Reachability.Direct(own);
    }

    private static Reachability ofHostNetwork(
            ContainerFacts facts, NetworkLocation networkLocation, List<InetAddress> host) {
        boolean separate = facts.node().isEmpty()
                && networkLocation instanceof NetworkLocation.Separate from
                && !from.hostNetworkShared();
        return separate || host.isEmpty()
                ? new Reachability.Published(
                        new TreeMap<>(), "", UnreachableNetworkText.adviceForHostNetwork(facts, networkLocation))
                : new Reachability.Direct(List.of(new NetworkAddress(host.getFirst(), "", "")));
    }

    /** Returns the addresses at which ports of the engine's host are reachable, best first. */
    private static List<InetAddress> hostAddresses(ContainerFacts facts, NetworkLocation networkLocation) {
        if (facts.node().isPresent()) {
            return facts.node().stream().filter(ReachabilityResolver::isUsable).toList();
        }
        return switch (networkLocation) {
            case NetworkLocation.OnHost onHost -> LOOPBACK;
            case NetworkLocation.InContainer inContainer ->
                inContainer.hostAddress().stream().toList();
            case NetworkLocation.Separate separate -> separate.hostAddresses();
            case NetworkLocation.Remote remote -> List.of(remote.hostAddress());
        };
    }

    private static boolean isIn(ContainerFacts facts, String network) {
        return facts.networks().stream().anyMatch(one -> one.name().equals(network));
    }

    private static List<NetworkAddress> ownAddresses(
            ContainerFacts facts, NetworkLocation networkLocation, Optional<String> asked) {
        List<NetworkAttachment> networks = facts.networks().stream()
                .filter(network -> asked.isEmpty() || network.name().equals(asked.get()))
                .filter(network -> !addresses(facts, network, networkLocation).isEmpty())
                .sorted(Comparator.comparingInt(NetworkAttachment::order)
                        .thenComparing(network -> !hasIpv4(facts, network, networkLocation))
                        .thenComparing(network -> !isCreatedIn(facts, network))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        String preference = networks.size() < 2 ? "" : preference(facts, networks, networkLocation);
        return networks.stream()
                .flatMap(network -> addresses(facts, network, networkLocation).stream()
                        .map(address -> new NetworkAddress(address, PrintableText.of(network.name()), preference)))
                .toList();
    }

    private static boolean hasIpv4(ContainerFacts facts, NetworkAttachment network, NetworkLocation networkLocation) {
        return addresses(facts, network, networkLocation).getFirst() instanceof Inet4Address;
    }

    /** Returns what puts the first network before the second. */
    private static String preference(
            ContainerFacts facts, List<NetworkAttachment> networks, NetworkLocation networkLocation) {
        NetworkAttachment first = networks.getFirst();
        NetworkAttachment second = networks.get(1);
        if (first.order() < second.order()) {
            return "the container joined it first";
        }
        if (hasIpv4(facts, first, networkLocation) && !hasIpv4(facts, second, networkLocation)) {
            return "the container has an IPv4 address in it";
        }
        return isCreatedIn(facts, first) ? "the container was created in it" : "it is the first of them by name";
    }

    /** Engines name the network that a container was created in, by its name or id. */
    private static boolean isCreatedIn(ContainerFacts facts, NetworkAttachment network) {
        String mode = facts.networkMode().equals("default") ? "bridge" : facts.networkMode();
        return network.name().equals(mode) || network.networkId().equals(mode);
    }

    /** Returns the addresses that lead to the container, IPv4 first. */
    private static List<InetAddress> addresses(
            ContainerFacts facts, NetworkAttachment network, NetworkLocation networkLocation) {
        return Stream.concat(
                        network.ipv4().stream()
                                .filter(any ->
                                        leadsThere(network, network.evidence().ipv4(), facts, networkLocation)),
                        network.ipv6().stream()
                                .filter(any ->
                                        leadsThere(network, network.evidence().ipv6(), facts, networkLocation)))
                // An operator may name any address.
                .filter(address -> facts.key().isService() || isUsable(address))
                .toList();
    }

    private static boolean leadsThere(
            NetworkAttachment network, RouteEvidence evidence, ContainerFacts facts, NetworkLocation networkLocation) {
        if (evidence == RouteEvidence.CONFIGURED) {
            return true;
        }
        return switch (networkLocation) {
            // Networks of a swarm lead to containers only, not to hosts.
            case NetworkLocation.OnHost onHost ->
                facts.node().isEmpty()
                        && switch (evidence) {
                            case UNKNOWN, INTERFACE, ROUTE, CONFIGURED -> true;
                            case NO_INTERFACE, NO_ADDRESS, NO_ROUTE, OWN_ADDRESS -> false;
                        };
            case NetworkLocation.InContainer inContainer ->
                inContainer.networkIds().contains(network.networkId())
                        || (!inContainer.isProven() && evidence == RouteEvidence.INTERFACE);
            case NetworkLocation.Separate separate -> false;
            case NetworkLocation.Remote remote -> false;
        };
    }

    /** Whether the address belongs to one host and means the same on every host. A link-local address does not. */
    private static boolean isUsable(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isMulticastAddress() && !address.isLinkLocalAddress();
    }

    private static SortedMap<Integer, InetSocketAddress> reachablePorts(
            List<PublishedPort> published, List<InetAddress> host) {
        SortedMap<Integer, InetSocketAddress> reachable = new TreeMap<>();
        published.stream()
                .filter(PublishedPort::ofHost)
                .sorted(Comparator.comparing(port -> !port.hostAddress().isAnyLocalAddress()))
                .forEach(port -> reachableAt(port.hostAddress(), host)
                        .ifPresent(address -> reachable.putIfAbsent(
                                port.containerPort(), new InetSocketAddress(address, port.hostPort()))));
        return reachable;
    }

    private static Optional<InetAddress> reachableAt(InetAddress bound, List<InetAddress> host) {
        if (bound.isAnyLocalAddress()) {
            return host.stream()
                    .filter(address -> address.getClass() == bound.getClass())
                    .findFirst();
        }
        boolean elsewhere = host.stream().noneMatch(InetAddress::isLoopbackAddress);
        boolean unreachable = (bound.isLoopbackAddress() && elsewhere) || !isUsable(bound);
        return unreachable ? Optional.empty() : Optional.of(bound);
    }

    private static String names(List<NetworkAttachment> networks) {
        return networks.stream().map(NetworkAttachment::name).collect(Collectors.joining(", "));
    }
}
