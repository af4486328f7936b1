package io.interlock.app.docker.watch;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.EngineCallTimeout;
import io.interlock.app.docker.client.OwnContainerDetector;
import io.interlock.app.docker.http.EngineEndpoint;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.NetworkLocation.OwnContainer;
import io.interlock.app.inventory.PublishedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

    /**
     * @param address supplies the endpoint of the current connection
     */
    public NetworkLocationDetector(String engineId, Supplier<EngineEndpoint> address, OwnContainerDetector own) {
        this.engineId = engineId;
        this.address = address;
        this.own = own;
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
        if (!reached.isUnixSocket()) {
            InetAddress host = EngineCallTimeout.within(
                    "look up " + reached.host(), LOOKUP_LIMIT, () -> LocalAddresses.resolve(reached.host()));
            return LocalAddresses.isOfThisHost(host) ? new NetworkLocation.OnHost() : new NetworkLocation.Remote(host);
        }
        // Marks of a container also survive in virtual machines made from an image, and engines themselves run in
        // containers. A process that sees the engine's bridges is on the engine's host.
        boolean onHost = !own.isInContainer()
                || connection.engine().bridgeInterfaces().stream().anyMatch(LocalAddresses::isInterfaceOfThisHost);
        return onHost ? new NetworkLocation.OnHost() : inUnknownContainer();
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

    /** Returns the location in a container of another engine, which shares no known network. */
    private NetworkLocation inUnknownContainer() {
        Optional<InetAddress> gateway = own.defaultGateway();
        log.warn(
                "engine {}: Interlock runs in a container that this engine does not know; only published ports can be"
                        + " reached, at {}",
                engineId,
                gateway.map(InetAddress::getHostAddress).orElse("no address, because there is no default route"));
        return new NetworkLocation.InContainer(Set.of(), gateway);
    }
}
