package io.interlock.app.topology.network;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.PublishedPort;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.findings.FindingText;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/** Decides at which address and port a container is served. */
public final class EndpointResolver {

    private static final String FIELD = "ports";

    private final List<Integer> exposed;
    private final List<PublishedPort> published;
    private final Reachability reach;
    private final FindingCollector findings;

    /**
     * @param facts the container
     * @param networkOwner the container itself, or the one whose network it shares
     * @param reach how the owner of the network is reachable
     * @param findings receives choices, and the reason if there is no endpoint
     */
    public EndpointResolver(
            ContainerFacts facts, ContainerFacts networkOwner, Reachability reach, FindingCollector findings) {
        this.exposed = facts.exposedTcpPorts();
        this.published = networkOwner.publishedPorts();
        this.reach = reach;
        this.findings = findings;
    }

    /**
     * Returns the endpoint. If there is none, a finding gives the reason.
     *
     * @param asked the container port that the container asks for; no other port is used instead
     */
    public Optional<InetSocketAddress> find(OptionalInt asked) {
        return asked.isPresent() ? ofPort(asked.getAsInt()) : ofLowestPort();
    }

    private Optional<InetSocketAddress> ofPort(int port) {
        return switch (reach) {
            case Reachability.Direct direct -> Optional.of(new InetSocketAddress(direct.address(), port));
            case Reachability.Published reachable -> {
                Optional<InetSocketAddress> endpoint =
                        Optional.ofNullable(reachable.ports().get(port));
                if (endpoint.isEmpty()) {
                    recordUnreachable(port, reachable.advice());
                }
                yield endpoint;
            }
        };
    }

    /** Returns the endpoint of the lowest reachable port, or of the lowest port if none is reachable. */
    private Optional<InetSocketAddress> ofLowestPort() {
        SortedSet<Integer> known = new TreeSet<>(exposed);
        published.forEach(port -> known.add(port.containerPort()));
        if (known.isEmpty()) {
            findings.leftOut(
                    FIELD,
                    "",
                    FindingText.notServed("exposes no TCP port")
                            .withAdvice(
                                    "give port in INTERLOCK_DATA or label interlock.port, or start it with --expose"));
            return Optional.empty();
        }
        int lowest = reach instanceof Reachability.Published reachable
                        && !reachable.ports().isEmpty()
                ? reachable.ports().firstKey()
                : known.first();
        if (known.size() > 1) {
            findings.choice(
                    FIELD,
                    known.toString(),
                    FindingText.of("has several TCP ports", lowest + ", the lowest that can be reached, is used")
                            .withAdvice("give port to choose another"));
        }
        return ofPort(lowest);
    }

    private void recordUnreachable(int port, String advice) {
        String why = published.stream()
                .filter(candidate -> candidate.containerPort() == port)
                .findFirst()
                .map(candidate -> "is published only on "
                        + candidate.hostAddress().getHostAddress()
                        + (candidate.ofHost()
                                ? " of its host, which cannot be reached from here"
                                : ", which is no address of the engine's host as far as Interlock can tell"))
                .orElse("cannot be reached from here");
        findings.leftOut(
                "port", Integer.toString(port), FindingText.notServed(why).withAdvice(advice));
    }
}
