package io.interlock.app.status.explain;

import io.interlock.api.stats.BackendStats;
import io.interlock.api.stats.ServerStats;
import io.interlock.api.status.EngineStatus;
import io.interlock.api.status.Explanation.PathServer;
import io.interlock.api.status.Problem;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.status.ProblemCollector;
import io.interlock.app.status.StatusView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Maps a server to how it is, its share of the requests, and what it lacks to get some. */
final class PathServerMapper {

    private static final int PERCENT = 100;
    private static final String SEVERAL_ADDRESSES = "networks";

    private final StatusView view;
    private final Map<String, EngineStatus> engines;

    PathServerMapper(StatusView view) {
        this.view = view;
        this.engines = view.status().engines().stream().collect(Collectors.toMap(EngineStatus::id, engine -> engine));
    }

    PathServer of(Backend backend, Server server) {
        String engineId = server.id().substring(0, Math.max(0, server.id().indexOf('/')));
        EngineStatus engine = engines.get(engineId);
        List<ServerStats> all = stats(backend);
        Optional<ServerStats> stats =
                all.stream().filter(each -> each.name().equals(server.name())).findFirst();
        OptionalInt wanted = wanted(backend, server);
        return new PathServer(
                server,
                engineId,
                engine == null || engine.state() != EngineStatus.State.CONNECTED,
                stats.map(ServerStats::state),
                stats.flatMap(ServerStats::sinceChange),
                stats.flatMap(ServerStats::check),
                choice(server),
                wanted,
                seen(all, stats),
                advice(server, stats, wanted));
    }

    private List<ServerStats> stats(Backend backend) {
        return view.proxies().values().stream()
                .flatMap(proxy -> proxy.backends().stream())
                .filter(stats -> stats.name().equals(backend.name()))
                .map(BackendStats::servers)
                .findFirst()
                .orElse(List.of());
    }

    private Optional<String> choice(Server server) {
        if (server.id().startsWith(ContainerKey.SERVICES + "/")) {
            return Optional.ofNullable(view.pipeline().inventory().engines().get(ContainerKey.SERVICES))
                    .map(services ->
                            services.containers().get(server.id().substring(ContainerKey.SERVICES.length() + 1)))
                    .map(PathServerMapper::source);
        }
        return view.pipeline().findings().stream()
                .map(ProblemCollector::ofFinding)
                .filter(problem -> problem.field().equals(SEVERAL_ADDRESSES)
                        && problem.container().filter(server.id()::equals).isPresent())
                .map(Problem::effect)
                .findFirst();
    }

    /** What the file of a service says about the server. */
    private static String source(ContainerFacts facts) {
        return facts.networks().stream().map(NetworkAttachment::name).collect(Collectors.joining()) + " in "
                + facts.dataPlace();
    }

    /** Backups count only if there is nobody else. */
    private static OptionalInt wanted(Backend backend, Server server) {
        List<Server> ready = backend.servers().stream()
                .filter(each -> each.state() == ServerState.READY)
                .toList();
        List<Server> first = ready.stream().filter(each -> !each.backup()).toList();
        List<Server> serving = first.isEmpty() ? ready : first;
        int sum = serving.stream().mapToInt(Server::weight).sum();
        if (!serving.contains(server)) {
            return OptionalInt.of(0);
        }
        return sum == 0 ? OptionalInt.empty() : OptionalInt.of(Math.round((float) server.weight() * PERCENT / sum));
    }

    private static OptionalInt seen(List<ServerStats> all, Optional<ServerStats> stats) {
        long sum = all.stream().mapToLong(PathServerMapper::requests).sum();
        return stats.isEmpty() || sum == 0
                ? OptionalInt.empty()
                : OptionalInt.of(Math.round((float) requests(stats.get()) * PERCENT / sum));
    }

    /** A server of connections has sessions only. */
    private static long requests(ServerStats stats) {
        OptionalLong requests = stats.traffic().requests();
        return requests.orElse(0) > 0
                ? requests.getAsLong()
                : stats.traffic().sessions().orElse(0);
    }

    private static Optional<String> advice(Server server, Optional<ServerStats> stats, OptionalInt wanted) {
        if (server.state() == ServerState.DRAINING) {
            return Optional.of("it is about to stop, or containers of a newer release serve;"
                    + " a new container, or the end of the newer ones, changes that");
        }
        if (stats.isEmpty()) {
            return Optional.of("no load balancer reports it yet; interlock status shows whether one is behind");
        }
        return switch (stats.get().state()) {
            case DOWN -> Optional.of("its health check has to succeed");
            case DRAINING, MAINTENANCE -> Optional.of("the proxy has to take it into service again");
            case UNKNOWN -> Optional.of("the proxy reports a state that Interlock does not know");
            case UP, UNCHECKED ->
                wanted.orElse(1) > 0
                        ? Optional.empty()
                        : Optional.of(
                                server.backup()
                                        ? "it is a backup: it serves while none of the others can"
                                        : "its weight is 0: it serves while no other can");
        };
    }
}
