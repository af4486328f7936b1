package io.interlock.stats.json;

import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.stats.BackendStats;
import io.interlock.api.stats.ServerStats;
import io.interlock.api.status.ContainerStatus;
import io.interlock.api.status.EngineStatus;
import io.interlock.api.status.InterlockStatus;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.VirtualHost;
import io.interlock.stats.json.StatsDocument.BackendDocument;
import io.interlock.stats.json.StatsDocument.BackendFigures;
import io.interlock.stats.json.StatsDocument.Counts;
import io.interlock.stats.json.StatsDocument.Overview;
import io.interlock.stats.json.StatsDocument.ProxyDocument;
import io.interlock.stats.json.StatsDocument.RouteDocument;
import io.interlock.stats.json.StatsDocument.ServerDocument;
import io.interlock.stats.json.StatsDocument.StatusDocument;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Creates the documents of one snapshot. */
public final class StatsDocumentFactory {

    private final StatsSnapshot snapshot;
    private final InterlockStatus host;
    private final Map<String, ContainerStatus> containers;
    private final Map<String, EngineStatus> engines;
    /** By backend, then load balancer. */
    private final Map<String, Map<String, BackendStats>> figures = new HashMap<>();

    public StatsDocumentFactory(StatsSnapshot snapshot) {
        this.snapshot = snapshot;
        this.host = snapshot.host();
        this.containers = host.containers().stream()
                .collect(Collectors.toMap(ContainerStatus::serverId, Function.identity(), (one, other) -> one));
        this.engines = host.engines().stream()
                .collect(Collectors.toMap(EngineStatus::id, Function.identity(), (one, other) -> one));
        snapshot.proxies()
                .forEach((id, proxy) -> proxy.backends()
                        .forEach(backend -> figures.computeIfAbsent(backend.name(), name -> new TreeMap<>())
                                .put(id, backend)));
    }

    /** Interlock's own status. */
    public InterlockStatus host() {
        return host;
    }

    /** The status of Interlock, without the parts that grow with the number of containers. */
    public StatusDocument status() {
        return new StatusDocument(
                host.at(),
                host.version(),
                host.startedAt(),
                host.ready(),
                host.topology().revision(),
                counts(),
                host.loadBalancers(),
                host.sinks(),
                host.tls().certificates(),
                host.tls().issuances(),
                host.process());
    }

    /** The routes, from host name and path to backend; created while they are read. */
    public Iterable<RouteDocument> routes() {
        return () -> host.topology().topology().virtualHosts().stream()
                .flatMap(virtualHost -> virtualHost.routes().stream().map(route -> route(virtualHost, route)))
                .iterator();
    }

    /** All backends with their servers; created while they are read. */
    public Iterable<BackendDocument> backends() {
        return () -> backendDocuments().iterator();
    }

    /** All servers, by backend; created while they are read. */
    public Iterable<ServerDocument> servers() {
        return () -> backendDocuments()
                .flatMap(backend -> backend.servers().stream())
                .iterator();
    }

    private Stream<BackendDocument> backendDocuments() {
        return host.topology().topology().backends().stream().map(this::backend);
    }

    /** All data of the dashboard. */
    public Overview overview() {
        return new Overview(
                status(),
                routes(),
                backends(),
                snapshot.proxies().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> new ProxyDocument(
                                entry.getKey(),
                                entry.getValue().process(),
                                entry.getValue().listeners()))
                        .toList(),
                host.engines(),
                host.plugins(),
                host.problems(),
                host.events(),
                host.owners());
    }

    private Counts counts() {
        Map<String, Long> outcomes = host.containers().stream()
                .collect(Collectors.groupingBy(
                        container -> container.outcome().name().toLowerCase(Locale.ROOT),
                        TreeMap::new,
                        Collectors.counting()));
        List<Backend> backends = host.topology().topology().backends();
        return new Counts(
                host.topology().topology().virtualHosts().stream()
                        .mapToInt(virtualHost -> virtualHost.hostNames().size())
                        .sum(),
                backends.size(),
                backends.stream().mapToInt(backend -> backend.servers().size()).sum(),
                outcomes,
                host.problems().size());
    }

    private static RouteDocument route(VirtualHost virtualHost, Route route) {
        return new RouteDocument(virtualHost.hostNames(), route.pathPrefix(), route.backendName());
    }

    private BackendDocument backend(Backend backend) {
        Map<String, BackendStats> proxies = figures.getOrDefault(backend.name(), Map.of());
        Map<String, BackendFigures> totals = new TreeMap<>();
        Map<String, Map<String, ServerStats>> servers = new TreeMap<>();
        proxies.forEach((id, stats) -> {
            totals.put(id, new BackendFigures(stats.available(), stats.traffic()));
            servers.put(
                    id,
                    stats.servers().stream()
                            .collect(Collectors.toMap(ServerStats::name, Function.identity(), (one, other) -> one)));
        });
        return new BackendDocument(
                backend.name(),
                totals,
                backend.servers().stream()
                        .map(server -> server(backend, server, servers))
                        .toList());
    }

    private ServerDocument server(Backend backend, Server server, Map<String, Map<String, ServerStats>> figures) {
        Optional<ContainerStatus> container = Optional.ofNullable(containers.get(server.id()));
        String engineId =
                container.map(ContainerStatus::engineId).orElse(server.id().replaceFirst("/.*", ""));
        Map<String, ServerStats> stats = new TreeMap<>();
        figures.forEach((id, servers) ->
                Optional.ofNullable(servers.get(server.name())).ifPresent(found -> stats.put(id, found)));
        return new ServerDocument(
                backend.name(),
                server.name(),
                server.id(),
                server.address(),
                server.port(),
                server.state(),
                engineId,
                isStale(engineId),
                container.map(ContainerStatus::name),
                container.map(ContainerStatus::image),
                container.map(ContainerStatus::startedAt),
                stats);
    }

    private boolean isStale(String engineId) {
        EngineStatus engine = engines.get(engineId);
        return engine != null && engine.state() != EngineStatus.State.CONNECTED;
    }
}
