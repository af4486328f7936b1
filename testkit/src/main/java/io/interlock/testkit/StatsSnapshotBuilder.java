package io.interlock.testkit;

import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.stats.BackendStats;
import io.interlock.api.stats.ListenerStats;
import io.interlock.api.stats.ProxyProcessStats;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.stats.ServerStats;
import io.interlock.api.stats.TrafficStats;
import io.interlock.api.status.InterlockStatus;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Builder of statistics for tests. Without further calls it has the default status of {@link InterlockStatusBuilder} and no
 * proxy.
 */
public final class StatsSnapshotBuilder {

    private final Map<String, ProxyStats> proxies = new TreeMap<>();
    private InterlockStatus status = new InterlockStatusBuilder().build();

    /** Creates statistics of the proxy {@code haproxy} that serves this topology, with 100 requests for each server. */
    public static StatsSnapshot serving(Topology topology) {
        return new StatsSnapshotBuilder()
                .status(new InterlockStatusBuilder().serving(topology).build())
                .proxy("haproxy", topology, 100)
                .build();
    }

    /** Sets the status of Interlock. */
    public StatsSnapshotBuilder status(InterlockStatus host) {
        status = host;
        return this;
    }

    /**
     * Adds a proxy that serves a topology.
     *
     * @param pluginId the id of its load balancer
     * @param requests how many requests each server had, at least 0
     */
    public StatsSnapshotBuilder proxy(String pluginId, Topology topology, long requests) {
        return proxy(
                pluginId,
                topology.backends().stream()
                        .map(backend -> backend(backend, requests))
                        .toList());
    }

    /** Adds a proxy with these backends. */
    public StatsSnapshotBuilder proxy(String pluginId, List<BackendStats> backends) {
        proxies.put(
                pluginId,
                new ProxyStats(
                        status.at(),
                        new ProxyProcessStats(
                                Optional.of("3.0.11"),
                                Optional.of(Duration.ofSeconds(55)),
                                OptionalInt.of(1),
                                OptionalInt.of(0),
                                OptionalLong.of(1),
                                OptionalLong.of(1024),
                                OptionalLong.of(100),
                                OptionalLong.of(100)),
                        List.of(new ListenerStats("http", TrafficStats.UNKNOWN)),
                        backends,
                        Map.of()));
        return this;
    }

    public StatsSnapshot build() {
        return new StatsSnapshot(status, proxies);
    }

    private static BackendStats backend(Backend backend, long requests) {
        List<ServerStats> servers = backend.servers().stream()
                .map(server -> new ServerStats(
                        server.name(),
                        ServerStats.State.UP,
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(50)),
                        Optional.of(Duration.ZERO),
                        OptionalInt.of(1),
                        traffic(requests)))
                .toList();
        return new BackendStats(backend.name(), !servers.isEmpty(), traffic(requests * servers.size()), servers);
    }

    private static TrafficStats traffic(long requests) {
        return new TrafficStats(
                OptionalLong.of(0),
                OptionalLong.of(requests),
                OptionalLong.of(requests),
                OptionalLong.of(requests * 200),
                OptionalLong.of(requests * 2_000),
                TrafficStats.Responses.UNKNOWN,
                TrafficStats.Errors.UNKNOWN,
                OptionalLong.of(0),
                TrafficStats.Times.UNKNOWN);
    }
}
