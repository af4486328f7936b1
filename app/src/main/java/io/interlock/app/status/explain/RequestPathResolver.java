package io.interlock.app.status.explain;

import io.interlock.api.status.ContainerStatus;
import io.interlock.api.status.Explanation.Listener;
import io.interlock.api.status.Explanation.PathServer;
import io.interlock.api.status.Explanation.RequestPath;
import io.interlock.api.status.Explanation.Verdict;
import io.interlock.api.status.LoadBalancerStatus;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.TcpListener;
import io.interlock.api.topology.Topology;
import io.interlock.app.status.StatusView;
import io.interlock.app.topology.VirtualHostFinder.Match;
import io.interlock.util.CountText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways that requests take, with how each server on them is. */
final class RequestPathResolver {

    private final StatusView view;
    private final RouteFinder finder;
    private final PathServerMapper servers;

    RequestPathResolver(StatusView view, RouteFinder finder) {
        this.view = view;
        this.finder = finder;
        this.servers = new PathServerMapper(view);
    }

    RequestPath of(Match match, Route route) {
        return of(listeners(), match.host().hostNames(), match.name(), route);
    }

    private RequestPath of(List<Listener> listeners, List<HostName> names, HostName matched, Route route) {
        Backend backend = finder.backend(route);
        return new RequestPath(
                listeners,
                names,
                matched,
                route,
                backend,
                backend.servers().stream()
                        .map(server -> servers.of(backend, server))
                        .toList());
    }

    /** Every way that leads to a container. */
    List<RequestPath> of(ContainerStatus container) {
        Topology topology = view.pipeline().snapshot().topology();
        Stream<RequestPath> requests = topology.virtualHosts().stream()
                .flatMap(host -> host.routes().stream()
                        .filter(route -> container.backendNames().contains(route.backendName()))
                        .map(route -> of(new Match(host, host.hostNames().getFirst()), route)));
        Stream<RequestPath> connections = topology.tcpListeners().stream()
                .flatMap(listener -> listener.routes().stream()
                        .filter(route -> container.backendNames().contains(route.backendName()))
                        .map(route -> of(listener, route)));
        return Stream.concat(requests, connections).toList();
    }

    private RequestPath of(TcpListener listener, TcpListener.TcpRoute route) {
        HostName name = route.serverName().orElse(HostName.ANY);
        List<Listener> there = listeners().stream()
                .map(http -> new Listener(http.loadBalancer(), listener.port(), http.serves()))
                .toList();
        return of(there, List.of(name), name, Route.toBackend(route.backendName()));
    }

    private List<Listener> listeners() {
        return view.status().loadBalancers().stream()
                .map(status -> new Listener(
                        status.pluginId(), status.port(), status.state() == LoadBalancerStatus.State.SERVING))
                .toList();
    }

    Verdict verdict(RequestPath path) {
        boolean reached =
                path.listeners().isEmpty() || path.listeners().stream().anyMatch(this::isUp);
        return reached && path.servers().stream().anyMatch(RequestPathResolver::takesRequests)
                ? Verdict.SERVED
                : Verdict.UNAVAILABLE;
    }

    /** One that is behind serves most of what it did before. */
    private boolean isUp(Listener listener) {
        return view.status().loadBalancers().stream()
                .anyMatch(status -> status.pluginId().equals(listener.loadBalancer())
                        && status.servedRevision().isPresent());
    }

    static boolean takesRequests(PathServer served) {
        return served.state()
                .map(state -> switch (state) {
                    case UP, UNCHECKED -> true;
                    case DOWN, DRAINING, MAINTENANCE, UNKNOWN -> false;
                })
                .orElse(served.server().state() == ServerState.READY);
    }

    String summary(RequestPath path) {
        String ports = path.listeners().stream()
                .map(listener -> listener.port() + " (" + listener.loadBalancer() + ")")
                .collect(Collectors.joining(", "));
        String way = path.matched()
                + path.route()
                        .exactPath()
                        .map(exact -> exact + " alone")
                        .orElse(path.route().pathPrefix()) + " leads "
                + (ports.isEmpty() ? "" : "from port " + ports + " ") + "to backend "
                + path.backend().name();
        long able = path.servers().stream()
                .filter(RequestPathResolver::takesRequests)
                .count();
        return way + ", where " + able + " of "
                + CountText.of(path.servers().size(), "server takes", "servers take") + " requests"
                + (able == 0 ? ": requests are answered with 503" : "");
    }
}
