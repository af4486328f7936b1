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
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.FactSelection;
import io.interlock.app.inventory.Inventory;
import io.interlock.util.Deadline;
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
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

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

    /** How long the containers of a removed engine stay while added engines are not known yet. */
    private static final Duration PATIENCE_WITH_ADDED = Duration.ofSeconds(10);

    private final Inventory inventory;
    // The fields below are guarded by this.
    private EngineWatchSettings settings = EngineWatchSettings.NONE;
    private final Map<String, EngineWatcher> watchers = new LinkedHashMap<>();
    private boolean started;
    private boolean closed;

    /**
     * Creates watchers of these engines, not yet started. The inventory must have been created for the same engines.
     */
    public EngineWatcherManager(List<EngineConfig> engines, Inventory inventory) {
        this(EngineWatchSettings.of(engines), inventory);
    }

    /** Creates watchers, not yet started. The inventory must have been created for the same engines. */
    public EngineWatcherManager(EngineWatchSettings settings, Inventory inventory) {
        this.inventory = inventory;
        this.settings = settings;
        settings.engines().forEach(engine -> watchers.put(engine.id(), watcher(engine, settings, inventory)));
    }

    /**
     * Watches other engines from now on. The containers of an engine that stays are served without interruption; those
     * of an engine that was removed until the added engines have answered, for a limited time, because an engine may
     * only have another id than before.
     *
     * @param renewed engines to connect to again although their settings are the same
     */
    public void reconfigure(EngineWatchSettings next, Set<String> renewed) throws InterruptedException {
        Set<String> added = new TreeSet<>();
        Set<String> removed;
        synchronized (this) {
            if (closed) {
                return;
            }
            Map<String, EngineConfig> before = settings.byId();
            boolean isEachNew = !next.hasLabelsOf(settings);
            settings = next;
            removed = new TreeSet<>(before.keySet());
            removed.removeAll(next.byId().keySet());
            for (EngineConfig engine : next.engines()) {
                boolean isSame = engine.equals(before.get(engine.id()));
                if (isSame && !isEachNew && !renewed.contains(engine.id())) {
                    continue;
                }
                Optional.ofNullable(watchers.get(engine.id())).ifPresent(EngineWatcher::close);
                if (!before.containsKey(engine.id())) {
                    inventory.add(engine.id());
                    added.add(engine.id());
                }
                EngineWatcher watcher = watcher(engine, next, inventory);
                watchers.put(engine.id(), watcher);
                if (started) {
                    watcher.start();
                }
            }
        }
        if (!removed.isEmpty()) {
            awaitAnswers(added);
        }
        synchronized (this) {
            for (String id : removed) {
                Optional.ofNullable(watchers.remove(id)).ifPresent(EngineWatcher::close);
                inventory.remove(id);
            }
        }
    }

    private void awaitAnswers(Set<String> added) throws InterruptedException {
        Deadline deadline = Deadline.in(PATIENCE_WITH_ADDED);
        while (!deadline.isOver() && added.stream().anyMatch(this::isUnknown)) {
            Deadline.pause();
        }
    }

    private boolean isUnknown(String engineId) {
        return inventory.snapshot().engine(engineId).connection() instanceof Connection.Unknown;
    }

    private static EngineWatcher watcher(EngineConfig engine, EngineWatchSettings all, Inventory inventory) {
        SwarmView swarm = new SwarmView();
        EndpointRotation managers =
                new EndpointRotation(engine, address -> connection(address, all.selected(), all.images(), swarm));
        NetworkLocationDetector vantages = new NetworkLocationDetector(
                engine.id(), managers::current, SELF, engine.network().publishedAddress());
        EngineWatchParameters settings = EngineEndpoint.of(engine).isUnixSocket()
                ? EngineWatchParameters.DEFAULT.withBackoffCap(LOCAL_BACKOFF_CAP)
                : EngineWatchParameters.DEFAULT;
        return new EngineWatcher(
                engine.id(), managers, vantages::find, inventory, settings, RandomGenerator.getDefault());
    }

    private static EngineConnection connection(
            EngineConfig engine, FactSelection selected, Optional<ImageContentCache> images, SwarmView swarm)
            throws IOException {
        EngineHttpClient http = EngineHttpClient.connect(engine, Timeouts.DEFAULT);
        EngineClient client = new HttpEngineClient(
                http,
                engine.id(),
                selected,
                HostAddressVerifier.of(
                        EngineEndpoint.of(engine), new OwnContainerDetector(Path.of("/")).isInContainer())::isOfHost,
                images);
        return new EngineConnection(
                client,
                engine.mode() == Mode.CONTAINERS
                        ? null
                        : new SwarmConnector(engine.id(), http, selected, engine.mode() == Mode.SWARM, swarm),
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
    public synchronized void start() {
        started = true;
        watchers.values().forEach(EngineWatcher::start);
    }

    /** Returns the cost of watching so far, by engine id. */
    public synchronized Map<String, EngineWatchStats> counters() {
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
        EngineConfig engine = config(engineId);
        if (engine == null || !ContainerIdValidator.isValid(containerId)) {
            throw new IOException("there is no container " + engineId + "/" + containerId);
        }
        try (HttpEngineClient client = HttpEngineClient.connect(engine, Timeouts.DEFAULT)) {
            return client.resources(containerId);
        } catch (RuntimeException failed) {
            throw new IOException(ErrorMessages.reason(failed), failed);
        }
    }

    private synchronized @Nullable EngineConfig config(String engineId) {
        return settings.byId().get(engineId);
    }

    /** Stops watching. The inventory stays as it is. */
    @Override
    public synchronized void close() {
        closed = true;
        watchers.values().forEach(EngineWatcher::close);
    }
}
