package io.interlock.app.docker;

import io.interlock.api.sink.ContainerResources;
import io.interlock.api.topology.AddressRange;
import io.interlock.app.config.EngineConfig;
import io.interlock.app.config.EngineConfig.Mode;
import io.interlock.app.docker.client.ContainerIdValidator;
import io.interlock.app.docker.client.EngineClient;
import io.interlock.app.docker.client.EngineHttpClient;
import io.interlock.app.docker.client.EngineHttpClient.Timeouts;
import io.interlock.app.docker.client.HostAddressVerifier;
import io.interlock.app.docker.client.HttpEngineClient;
import io.interlock.app.docker.client.OwnContainerDetector;
import io.interlock.app.docker.http.EngineEndpoint;
import io.interlock.app.docker.image.ImageContentCache;
import io.interlock.app.docker.location.LocalAddresses;
import io.interlock.app.docker.location.RouteEvidenceFinder;
import io.interlock.app.docker.swarm.SwarmConnector;
import io.interlock.app.docker.swarm.SwarmView;
import io.interlock.app.docker.watch.AttachmentEvidenceReader;
import io.interlock.app.docker.watch.EndpointRotation;
import io.interlock.app.docker.watch.EngineConnection;
import io.interlock.app.docker.watch.EngineWatchParameters;
import io.interlock.app.docker.watch.EngineWatchStats;
import io.interlock.app.docker.watch.EngineWatcher;
import io.interlock.app.docker.watch.NetworkLocationDetector;
import io.interlock.app.inventory.Inventory;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Watches all configured engines and keeps the inventory true. Engines are independent of each other: an engine that is
 * down or slow does not delay the others.
 */
public final class EngineWatcherManager implements AutoCloseable {

    /**
     * Connecting to a socket on this host costs almost nothing, so short pauses find the engine soon after its return.
     */
    private static final Duration LOCAL_BACKOFF_CAP = Duration.ofSeconds(1);

    private static final OwnContainerDetector SELF = new OwnContainerDetector(Path.of("/"));

    private final Map<String, EngineConfig> configs = new LinkedHashMap<>();
    private final Map<String, EngineWatcher> watchers = new LinkedHashMap<>();

    /**
     * Creates watchers of these engines, not yet started. The inventory must have been created for the same engines.
     */
    public EngineWatcherManager(List<EngineConfig> engines, Inventory inventory) {
        this(engines, Set.of(), false, inventory);
    }

    /**
     * Creates watchers that keep further labels, in addition to Interlock's own.
     *
     * @param moreLabels names of the further labels
     * @param asksForImages whether to find out which labels come from images
     */
    public EngineWatcherManager(
            List<EngineConfig> engines, Set<String> moreLabels, boolean asksForImages, Inventory inventory) {
        Optional<ImageContentCache> images = asksForImages ? Optional.of(new ImageContentCache()) : Optional.empty();
        for (EngineConfig engine : engines) {
            configs.put(engine.id(), engine);
            watchers.put(engine.id(), watcher(engine, moreLabels, images, inventory));
        }
    }

    private static EngineWatcher watcher(
            EngineConfig engine, Set<String> moreLabels, Optional<ImageContentCache> images, Inventory inventory) {
        SwarmView swarm = new SwarmView();
        EndpointRotation managers =
                new EndpointRotation(engine, address -> connection(address, moreLabels, images, swarm));
        NetworkLocationDetector vantages = new NetworkLocationDetector(
                engine.id(), managers::current, SELF, engine.network().publishedAddress());
        EngineWatchParameters settings = EngineEndpoint.of(engine).isUnixSocket()
                ? EngineWatchParameters.DEFAULT.withBackoffCap(LOCAL_BACKOFF_CAP)
                : EngineWatchParameters.DEFAULT;
        return new EngineWatcher(
                engine.id(), managers, vantages::find, inventory, settings, RandomGenerator.getDefault());
    }

    private static EngineConnection connection(
            EngineConfig engine, Set<String> moreLabels, Optional<ImageContentCache> images, SwarmView swarm)
            throws IOException {
        EngineHttpClient http = EngineHttpClient.connect(engine, Timeouts.DEFAULT);
        EngineClient client = new HttpEngineClient(
                http,
                engine.id(),
                moreLabels,
                HostAddressVerifier.of(
                        EngineEndpoint.of(engine), new OwnContainerDetector(Path.of("/")).isInContainer())::isOfHost,
                images);
        return new EngineConnection(
                client,
                engine.mode() == Mode.CONTAINERS
                        ? null
                        : new SwarmConnector(engine.id(), http, moreLabels, engine.mode() == Mode.SWARM, swarm),
                evidence(engine));
    }

    /** Routes of this host lead to containers of this host only; others need the configuration. */
    private static AttachmentEvidenceReader evidence(EngineConfig engine) {
        EngineEndpoint endpoint = EngineEndpoint.of(engine);
        boolean local = endpoint.isUnixSocket() || LocalAddresses.isNameOfThisHost(endpoint.host());
        List<AddressRange> routed = engine.network().routedNetworks();
        return local || !routed.isEmpty()
                ? new AttachmentEvidenceReader(() -> Optional.of(new RouteEvidenceFinder(
                        local ? SELF.routes() : Optional.empty(), LocalAddresses::isOfThisHost, routed)))
                : AttachmentEvidenceReader.NONE;
    }

    /**
     * Starts to watch all engines. Returns at once, whether the engines can be reached or not. Must be called only
     * once.
     */
    public void start() {
        watchers.values().forEach(EngineWatcher::start);
    }

    /** Returns the cost of watching so far, by engine id. */
    public Map<String, EngineWatchStats> counters() {
        Map<String, EngineWatchStats> counters = new TreeMap<>();
        watchers.forEach((id, watcher) -> counters.put(id, watcher.counters()));
        return counters;
    }

    /**
     * Returns the current resource usage of a container. Sends one request, on a separate connection.
     *
     * @throws IOException if there is no such engine or container, or the engine does not answer; the message says why
     */
    public ContainerResources resources(String engineId, String containerId) throws IOException {
        EngineConfig engine = configs.get(engineId);
        if (engine == null || !ContainerIdValidator.isValid(containerId)) {
            throw new IOException("there is no container " + engineId + "/" + containerId);
        }
        try (HttpEngineClient client = HttpEngineClient.connect(engine, Timeouts.DEFAULT)) {
            return client.resources(containerId);
        } catch (RuntimeException failed) {
            throw new IOException(ErrorMessages.reason(failed), failed);
        }
    }

    /** Stops watching. The inventory stays as it is. */
    @Override
    public void close() {
        watchers.values().forEach(EngineWatcher::close);
    }
}
