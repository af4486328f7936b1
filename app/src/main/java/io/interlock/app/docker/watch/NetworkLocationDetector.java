package io.interlock.app.docker.watch;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.EngineCallTimeout;
import io.interlock.app.docker.client.OwnContainerDetector;
import io.interlock.app.docker.http.EngineEndpoint;
import io.interlock.app.docker.location.EngineNetwork;
import io.interlock.app.docker.location.LocalAddresses;
import io.interlock.app.docker.location.LocationEvidence;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.NetworkLocation.OwnContainer;
import io.interlock.app.inventory.PublishedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects from where Interlock reaches an engine's containers. Runs at each connection, because the result may change.
 */
public final class NetworkLocationDetector {

    private static final Logger log = LoggerFactory.getLogger("engine");
    private static final Duration LOOKUP_LIMIT = Duration.ofSeconds(10);
    private static final String OF_CONTAINER = "container:";

    private final String engineId;
    private final Supplier<EngineEndpoint> address;
    private final OwnContainerDetector own;
    private final Optional<InetAddress> published;
    private volatile @Nullable NetworkLocation last;

    /**
     * @param address supplies the endpoint of the current connection
     * @param published the address at which published ports appear, as the configuration says
     */
    public NetworkLocationDetector(
            String engineId,
            Supplier<EngineEndpoint> address,
            OwnContainerDetector own,
            Optional<InetAddress> published) {
        this.engineId = engineId;
        this.address = address;
        this.own = own;
        this.published = published;
    }

    public NetworkLocation find(EngineConnection connection) throws IOException {
        for (String id : own.candidates()) {
            Optional<ContainerInspection> self = connection.engine().inspect(id).filter(hasId(id));
            if (self.isEmpty()) {
                self = connection.inspect(id).filter(hasId(id));
            }
            if (self.isPresent()) {
                return inContainer(connection, self.get());
            }
        }
        EngineEndpoint reached = address.get();
        Optional<InetAddress> remote = remoteHost(reached);
        return remote.isPresent()
                ? new NetworkLocation.Remote(published.orElse(remote.get()))
                : told(evidence(connection, reached).location(own.defaultGateway(), published));
    }

    /** Returns the address of the engine's host unless it is this one. */
    private static Optional<InetAddress> remoteHost(EngineEndpoint reached) throws IOException {
        if (reached.isUnixSocket()) {
            return Optional.empty();
        }
        InetAddress host = EngineCallTimeout.within(
                "look up " + reached.host(), LOOKUP_LIMIT, () -> LocalAddresses.resolve(reached.host()));
        return LocalAddresses.isOfThisHost(host) ? Optional.empty() : Optional.of(host);
    }

    private LocationEvidence evidence(EngineConnection connection, EngineEndpoint reached) throws IOException {
        List<EngineNetwork> networks = connection.engine().networks().orElse(List.of());
        List<EngineNetwork> here = own.routes().stream()
                .flatMap(routes -> networks.stream().filter(network -> network.isHere(routes)))
                .toList();
        return new LocationEvidence(
                own.isInNetworkOfContainer(),
                connection.engine().host(),
                own.hostNames(),
                own.kernel(),
                here.stream().anyMatch(EngineNetwork::unique),
                !here.isEmpty(),
                reached.isUnixSocket() ? own.isBoundHere(Path.of(reached.uri().getPath())) : Optional.empty());
    }

    /** Filters out a container whose name happens to equal this host's name. */
    private static Predicate<ContainerInspection> hasId(String id) {
        return container -> container.facts().key().containerId().startsWith(id);
    }

    private static NetworkLocation inContainer(EngineConnection connection, ContainerInspection self)
            throws IOException {
        String mode = self.facts().networkMode();
        String id = self.facts().key().containerId();
        if ("host".equals(mode)) {
            return new NetworkLocation.OnHost(new OwnContainer(id, Set.of()));
        }
        ContainerInspection owner = self;
        if (mode.startsWith(OF_CONTAINER)) {
            owner = connection.inspect(mode.substring(OF_CONTAINER.length())).orElse(self);
        }
        Set<String> networks = owner.facts().networks().stream()
                .map(NetworkAttachment::networkId)
                .filter(network -> !network.isEmpty())
                .collect(Collectors.toSet());
        return new NetworkLocation.InContainer(
                owner.facts().key().containerId(),
                networks,
                owner.gateways().stream().findFirst(),
                new OwnContainer(
                        id,
                        owner.facts().publishedPorts().stream()
                                .map(PublishedPort::hostPort)
                                .collect(Collectors.toSet())));
    }

    /** Logs what keeps containers from being reached at their own addresses. */
    private NetworkLocation told(NetworkLocation found) {
        if (!found.equals(last)) {
            last = found;
            if (found instanceof NetworkLocation.InContainer inside) {
                log.warn(
                        "engine {}: Interlock runs in a container that this engine does not know; only published ports can"
                                + " be reached, at {}",
                        engineId,
                        inside.hostAddress()
                                .map(InetAddress::getHostAddress)
                                .orElse("no address, because there is no default route"));
            } else if (found instanceof NetworkLocation.Separate separate) {
                log.warn(
                        "engine {}: {}; only published ports can be reached, at {}",
                        engineId,
                        separate.reason(),
                        separate.hostAddresses().isEmpty()
                                ? "no known address: set published_address in the engine's configuration"
                                : separate.hostAddresses().getFirst().getHostAddress());
            }
        }
        return found;
    }
}
