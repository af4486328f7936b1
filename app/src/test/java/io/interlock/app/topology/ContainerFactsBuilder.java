package io.interlock.app.topology;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.PublishedPort;
import io.interlock.app.inventory.RouteEvidence;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.readiness.ProbeTarget;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Builds facts about a container: named, in the bridge network at 172.17.0.2, and with no other properties unless they
 * are set.
 */
public final class ContainerFactsBuilder {

    static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private String engine = "local";
    private final String name;
    private Instant created = EPOCH;
    private Instant startedAt = EPOCH;
    private boolean paused;
    private boolean stopping;
    private Health health = Health.NONE;
    private String hostname = "3f2a9c01bd77";
    private String domainname = "";
    private Optional<String> data = Optional.empty();
    private final Map<String, String> labels = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private List<Integer> exposed = List.of();
    private Optional<String> excess = Optional.empty();
    private final List<PublishedPort> published = new ArrayList<>();
    private String networkMode = "default";
    private final List<NetworkAttachment> networks = new ArrayList<>();
    private boolean defaultNetwork = true;
    private String image = "test/image:1";
    private Optional<Set<String>> ofImage = Optional.of(Set.of());

    private ContainerFactsBuilder(String name) {
        this.name = name;
    }

    public static ContainerFactsBuilder named(String name) {
        return new ContainerFactsBuilder(name);
    }

    /** A container with everything that serving needs: a dotted hostname and one exposed port. */
    public static ContainerFactsBuilder web(String hostname) {
        return named(hostname.replaceAll("[^a-z0-9]", "-")).hostname(hostname).exposes(8080);
    }

    public static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    public ContainerFactsBuilder engine(String id) {
        engine = id;
        return this;
    }

    public ContainerFactsBuilder createdAfter(int seconds) {
        created = EPOCH.plus(Duration.ofSeconds(seconds));
        return this;
    }

    public ContainerFactsBuilder startedAt(Instant time) {
        startedAt = time;
        return this;
    }

    public ContainerFactsBuilder paused() {
        paused = true;
        return this;
    }

    public ContainerFactsBuilder stopping() {
        stopping = true;
        return this;
    }

    public ContainerFactsBuilder health(Health value) {
        health = value;
        return this;
    }

    public ContainerFactsBuilder hostname(String value) {
        hostname = value;
        return this;
    }

    public ContainerFactsBuilder domainname(String value) {
        domainname = value;
        return this;
    }

    public ContainerFactsBuilder data(String json) {
        data = Optional.of(json);
        return this;
    }

    public ContainerFactsBuilder label(String label, String value) {
        labels.put(label, value);
        return this;
    }

    public ContainerFactsBuilder image(String name) {
        image = name;
        return this;
    }

    /** The image brings these labels, or {@code INTERLOCK_DATA}. */
    public ContainerFactsBuilder ofImage(String... names) {
        ofImage = Optional.of(Set.of(names));
        return this;
    }

    /** The engine does not say what the image brings. */
    public ContainerFactsBuilder ofUnknownImage() {
        ofImage = Optional.empty();
        return this;
    }

    public ContainerFactsBuilder project(String project) {
        return label("com.docker.compose.project", project);
    }

    public ContainerFactsBuilder exposes(Integer... ports) {
        exposed = Arrays.asList(ports);
        return this;
    }

    /** Part of its data is too long to be read. */
    public ContainerFactsBuilder exceeds(String place) {
        excess = Optional.of(place);
        return this;
    }

    /** Publishes a port at an address that is not its host's. */
    public ContainerFactsBuilder publishesElsewhere(int containerPort, String address, int hostPort) {
        published.add(new PublishedPort(containerPort, ip(address), hostPort, false));
        return this;
    }

    public ContainerFactsBuilder publishes(int containerPort, String hostAddress, int hostPort) {
        published.add(new PublishedPort(containerPort, ip(hostAddress), hostPort));
        return this;
    }

    public ContainerFactsBuilder networkMode(String mode) {
        networkMode = mode;
        return noNetwork();
    }

    public ContainerFactsBuilder noNetwork() {
        defaultNetwork = false;
        return this;
    }

    /** Attaches it to a network whose id is the name with {@code -id}; an address of "" means none. */
    public ContainerFactsBuilder network(String network, String ipv4, String ipv6) {
        defaultNetwork = false;
        networks.add(new NetworkAttachment(network, network + "-id", address(ipv4), address(ipv6)));
        return this;
    }

    /** Attaches it to a network of this driver with an IPv4 address, for which the host shows this evidence. */
    public ContainerFactsBuilder network(String network, String driver, String ipv4, RouteEvidence evidence) {
        defaultNetwork = false;
        networks.add(new NetworkAttachment(network, network + "-id", address(ipv4), Optional.empty())
                .withEvidence(new NetworkAttachment.Evidence(driver, evidence, RouteEvidence.UNKNOWN)));
        return this;
    }

    private static Optional<InetAddress> address(String literal) {
        return literal.isEmpty() ? Optional.empty() : Optional.of(ip(literal));
    }

    /** Gives it a variable that dialects read. */
    public ContainerFactsBuilder variable(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    public ContainerKey key() {
        String hex = HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
        return new ContainerKey(engine, hex.substring(0, Math.min(64, hex.length())));
    }

    public ContainerFacts facts() {
        if (defaultNetwork) {
            network("bridge", "172.17.0.2", "");
        }
        return new ContainerFacts(
                key(),
                name,
                image,
                created,
                startedAt,
                paused,
                stopping,
                health,
                hostname,
                domainname,
                data,
                labels,
                exposed,
                published,
                networkMode,
                networks,
                Optional.empty(),
                excess,
                ofImage,
                variables);
    }

    public static InventorySnapshot inventory(NetworkLocation networkLocation, ContainerFactsBuilder... containers) {
        return inventory(
                networkLocation,
                Arrays.stream(containers).map(ContainerFactsBuilder::facts).toList());
    }

    public static InventorySnapshot inventory(NetworkLocation networkLocation, List<ContainerFacts> containers) {
        Map<String, EngineSnapshot> engines = new HashMap<>();
        containers.stream().map(facts -> facts.key().engineId()).distinct().forEach(id -> {
            Map<String, ContainerFacts> own = new HashMap<>();
            containers.stream()
                    .filter(facts -> facts.key().engineId().equals(id))
                    .forEach(facts -> own.put(facts.key().containerId(), facts));
            engines.put(
                    id, new EngineSnapshot(id, new EngineSnapshot.Connection.Connected(EPOCH), networkLocation, own));
        });
        return new InventorySnapshot(engines);
    }

    /** The pipeline's result for containers on Interlock's own host. */
    public static PipelineResult assemble(ContainerFactsBuilder... containers) {
        return new TestPipeline().assemble(inventory(new NetworkLocation.OnHost(), containers), admitting(Set.of()));
    }

    /** The pipeline's result for containers of an engine that Interlock sees from another network location. */
    public static PipelineResult assembleFrom(NetworkLocation networkLocation, ContainerFactsBuilder... containers) {
        return new TestPipeline().assemble(inventory(networkLocation, containers), admitting(Set.of()));
    }

    /** Admits every container that only needs to listen, and of the others only those that have answered a request. */
    public static Predicate<ProbeTarget> admitting(Set<ContainerRun> warm) {
        return contact -> contact.condition() == ProbeTarget.Condition.LISTENS || warm.contains(contact.run());
    }
}
