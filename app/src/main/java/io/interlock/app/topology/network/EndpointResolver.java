package io.interlock.app.topology.network;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.PublishedPort;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.findings.FindingText;
import java.net.InetSocketAddress;
import java.util.List;
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
     * Returns the endpoints of one port, best first. If there is none, a finding gives the reason.
     *
     * @param asked the container port that the container asks for; no other port is used instead
     */
    public List<ServerEndpoint> find(OptionalInt asked) {
        return asked.isPresent() ? ofPort(asked.getAsInt()) : ofLowestPort();
    }

    private List<ServerEndpoint> ofPort(int port) {
        return switch (reach) {
            case Reachability.Direct direct ->
                direct.addresses().stream()
                        .map(one -> new ServerEndpoint(one.address(), port, one.network(), one.preference()))
                        .toList();
            case Reachability.Published reachable -> {
                InetSocketAddress endpoint = reachable.ports().get(port);
                if (endpoint == null) {
                    recordUnreachable(port, reachable);
                }
                yield endpoint == null ? List.of() : List.of(new ServerEndpoint(endpoint));
            }
        };
    }

    /** Returns the endpoints of the lowest reachable port, or of the lowest port if none is reachable. */
    private List<ServerEndpoint> ofLowestPort() {
        SortedSet<Integer> known = new TreeSet<>(exposed);
        published.forEach(port -> known.add(port.containerPort()));
        if (known.isEmpty()) {
            findings.leftOut(
                    FIELD,
                    "",
                    FindingText.notServed("exposes no TCP port")
                            .withAdvice(
                                    "give port in INTERLOCK_DATA or label interlock.port, or start it with --expose"));
            return List.of();
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

    private void recordUnreachable(int port, Reachability.Published reachable) {
        String why = published.stream()
                .filter(candidate -> candidate.containerPort() == port)
                .findFirst()
                .map(EndpointResolver::whyNot)
                .orElse("cannot be reached from here");
        findings.leftOut(
                "port",
                Integer.toString(port),
                FindingText.notServed(why + (reachable.reason().isEmpty() ? "" : ", because " + reachable.reason()))
                        .withAdvice(reachable.advice()));
    }

    private static String whyNot(PublishedPort port) {
        if (port.hostAddress().isAnyLocalAddress()) {
            return "is published on its host, whose address is not known";
        }
        return "is published only on "
                + port.hostAddress().getHostAddress()
                + (port.ofHost()
                        ? " of its host, which cannot be reached from here"
                        : ", which is no address of the engine's host as far as Interlock can tell");
    }
}
