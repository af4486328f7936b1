package io.interlock.app.topology.grouping;

import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Server;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.topology.network.ServerEndpoint;
import io.interlock.app.topology.options.ContainerHostNames;
import io.interlock.app.topology.options.ContainerSettings;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A container that can be served, or one of its routes if it asks for several.
 *
 * @param created when the container was created; decides which container is older
 * @param run the run of the container
 * @param containerName printable
 * @param owner whom the container belongs to
 * @param joiner whether its names belong to another owner, whose containers come first
 * @param names the host names that it asks for; at least one
 * @param settings everything else that it asks for
 * @param server the container as a load balancer sees it, at one of the endpoints
 * @param endpoints the places at which it may be reached, best first; at least one
 */
public record ServerCandidate(
        Instant created,
        ContainerRun run,
        String containerName,
        OwnerId owner,
        boolean joiner,
        ContainerHostNames names,
        ContainerSettings settings,
        Server server,
        List<ServerEndpoint> endpoints)
        implements Comparable<ServerCandidate> {

    private static final Comparator<ServerCandidate> ORDER = Comparator.comparing(ServerCandidate::joiner)
            .thenComparing(ServerCandidate::created)
            .thenComparing(ServerCandidate::key);

    public ServerCandidate {
        endpoints = List.copyOf(endpoints);
    }

    /** Returns the candidate at another of its endpoints. */
    public ServerCandidate at(ServerEndpoint endpoint) {
        Server there = server.at(endpoint.address(), endpoint.port());
        return there.equals(server)
                ? this
                : new ServerCandidate(created, run, containerName, owner, joiner, names, settings, there, endpoints);
    }

    public ContainerKey key() {
        return run.container();
    }

    /** Returns this candidate without regular expressions among its names; empty if it has no other name, or some for paths. */
    public Optional<ServerCandidate> withoutExpressions() {
        List<HostName> rest = names.all().stream()
                .filter(Predicate.not(HostName::isExpression))
                .toList();
        return rest.isEmpty() || !settings.scope().expressions().isEmpty() ? Optional.empty() : Optional.of(at(rest));
    }

    /** Returns the route keys that it asks for; at least one, all of the same scope. */
    public List<RouteKey> routeKeys() {
        return names.all().stream()
                .map(name -> new RouteKey(name, settings.scope()))
                .toList();
    }

    /** Returns a name that reaches the container when sent as Host header. */
    public String hostHeader() {
        return settings.policy(BackendPolicy.UpstreamHost.class)
                .map(setting -> ((BackendPolicy.UpstreamHost) setting.value()).header())
                .orElseGet(names::forRequest);
    }

    /** Whether the container must answer a request before it is served. */
    public boolean warm() {
        return settings.warm();
    }

    /** Returns the same container at some of its names. */
    public ServerCandidate at(List<HostName> some) {
        return with(joiner, some, settings, server);
    }

    /** Returns the same container at names that belong to another owner, with what it may have there. */
    public ServerCandidate joining(List<HostName> some, ContainerSettings allowed, int mostWeight) {
        Server lighter = server.weighing(Math.min(server.weight(), mostWeight));
        return with(true, some, allowed, lighter);
    }

    private ServerCandidate with(boolean joins, List<HostName> some, ContainerSettings itsSettings, Server itsServer) {
        return new ServerCandidate(
                created,
                run,
                containerName,
                owner,
                joins,
                new ContainerHostNames(names.primary().filter(some::contains), some),
                itsSettings,
                itsServer,
                endpoints);
    }

    /** Orders the containers of the owner of the names first, and of those the oldest. */
    @Override
    public int compareTo(ServerCandidate other) {
        return ORDER.compare(this, other);
    }

    /**
     * Hash code of the run alone. Candidates are keys of maps, and two candidates of one run are rarely in the same
     * map.
     */
    @Override
    public int hashCode() {
        return run.hashCode();
    }
}
