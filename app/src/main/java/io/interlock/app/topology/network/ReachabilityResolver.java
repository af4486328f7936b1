package io.interlock.app.topology.network;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.NetworkMode;
import io.interlock.app.inventory.PublishedPort;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.findings.FindingText;
import io.interlock.util.IpLiteral;
import io.interlock.util.PrintableText;
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
 * Decides how a container is reachable: at its own address if a network leads there, otherwise at the ports that are
 * published on its host. Of several networks, the one that the container joined first counts, so that a working address
 * stays; then IPv4 before IPv6, the network in which it was created, and the name.
 */
public final class ReachabilityResolver {

    private static final List<InetAddress> LOOPBACK = List.of(IpLiteral.of("127.0.0.1"), IpLiteral.of("::1"));

    private ReachabilityResolver() {}

    /**
     * @param networkOwner the container itself, or the one whose network it shares
     * @param asked the name of the network that the container asks for
     * @param findings receives the choice between several networks
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
            return host.isEmpty()
                    ? new Reachability.Published(
                            new TreeMap<>(),
                            networkOwner.node().isPresent()
                                    ? "the swarm does not tell where its node is"
                                    : "Interlock's own container has no network that leads to its host")
                    : new Reachability.Direct(host.getFirst());
        }
        return ownAddress(networkOwner, networkLocation, asked, findings)
                .<Reachability>map(Reachability.Direct::new)
                .orElseGet(() -> new Reachability.Published(
                        reachablePorts(networkOwner.publishedPorts(), host), advice(networkOwner, networkLocation)));
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
            case NetworkLocation.Remote remote -> List.of(remote.hostAddress());
        };
    }

    private static boolean isIn(ContainerFacts facts, String network) {
        return facts.networks().stream().anyMatch(one -> one.name().equals(network));
    }

    private static Optional<InetAddress> ownAddress(
            ContainerFacts facts, NetworkLocation networkLocation, Optional<String> asked, FindingCollector findings) {
        List<NetworkAttachment> networks = switch (networkLocation) {
            // Networks of a swarm lead to containers only, not to hosts.
            case NetworkLocation.OnHost onHost -> facts.node().isPresent() ? List.of() : facts.networks();
            case NetworkLocation.InContainer inContainer ->
                facts.networks().stream()
                        .filter(network -> inContainer.networkIds().contains(network.networkId()))
                        .toList();
            case NetworkLocation.Remote remote -> List.of();
        };
        List<NetworkAttachment> usable = networks.stream()
                .filter(network -> !addresses(network).isEmpty())
                .filter(network -> asked.isEmpty() || network.name().equals(asked.get()))
                .toList();
        Optional<NetworkAttachment> chosen = usable.stream()
                .min(Comparator.comparingInt(NetworkAttachment::order)
                        .thenComparing(network -> network.ipv4()
                                .filter(ReachabilityResolver::isUsable)
                                .isEmpty())
                        .thenComparing(network -> !isCreatedIn(facts, network))
                        .thenComparing(Comparator.naturalOrder()));
        if (usable.size() > 1) {
            chosen.ifPresent(network -> findings.choice(
                    "networks",
                    names(usable),
                    FindingText.of(
                            "can be reached in several networks", PrintableText.of(network.name()) + " is used")));
        }
        return chosen.map(network -> addresses(network).getFirst());
    }

    /** Engines name the network that a container was created in, by its name or id. */
    private static boolean isCreatedIn(ContainerFacts facts, NetworkAttachment network) {
        String mode = facts.networkMode().equals("default") ? "bridge" : facts.networkMode();
        return network.name().equals(mode) || network.networkId().equals(mode);
    }

    private static List<InetAddress> addresses(NetworkAttachment network) {
        return Stream.of(network.ipv4(), network.ipv6())
                .flatMap(Optional::stream)
                .filter(ReachabilityResolver::isUsable)
                .toList();
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

    private static String advice(ContainerFacts facts, NetworkLocation networkLocation) {
        if (facts.node().isPresent()) {
            return facts.networks().isEmpty()
                    ? "attach the service to a network in which Interlock runs as a container, or publish the port"
                    : "run Interlock as a container in one of the service's networks, "
                            + PrintableText.of(names(facts.networks()))
                            + ", or publish the port";
        }
        return switch (networkLocation) {
            case NetworkLocation.OnHost onHost -> "attach the container to a network, or publish the port";
            case NetworkLocation.Remote remote ->
                "publish the port on an address of the engine's host that can be reached from here: docker run -p or -P";
            case NetworkLocation.InContainer inContainer ->
                "connect Interlock's container to "
                        + (facts.networks().isEmpty()
                                ? "a network of this one"
                                : "one of this one's networks, " + PrintableText.of(names(facts.networks())))
                        + ", or publish the port";
        };
    }

    private static String names(List<NetworkAttachment> networks) {
        return networks.stream().map(NetworkAttachment::name).collect(Collectors.joining(", "));
    }
}
