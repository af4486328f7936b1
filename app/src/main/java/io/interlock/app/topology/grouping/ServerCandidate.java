package io.interlock.app.topology.grouping;

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Server;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.ContainerRun;
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
 * @param names the host names that it asks for; at least one
 * @param settings everything else that it asks for
 * @param server the container as a load balancer sees it
 */
public record ServerCandidate(
        Instant created,
        ContainerRun run,
        String containerName,
        ContainerHostNames names,
        ContainerSettings settings,
        Server server)
        implements Comparable<ServerCandidate> {

    private static final Comparator<ServerCandidate> OLDEST_FIRST =
            Comparator.comparing(ServerCandidate::created).thenComparing(ServerCandidate::key);

    public ContainerKey key() {
        return run.container();
    }

    /** Returns this candidate without regular expressions among its names; empty if it has no other name. */
    public Optional<ServerCandidate> withoutExpressions() {
        List<HostName> rest = names.all().stream()
                .filter(Predicate.not(HostName::isExpression))
                .toList();
        ContainerHostNames others =
                new ContainerHostNames(names.primary().filter(Predicate.not(HostName::isExpression)), rest);
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServerCandidate(created, run, containerName, others, settings, server));
    }

    /** Returns the route keys that it asks for; at least one, all of the same scope. */
    public List<RouteKey> routeKeys() {
        return names.all().stream()
                .map(name -> new RouteKey(name, settings.scope()))
                .toList();
    }

    /** Returns a name that reaches the container when sent as Host header. */
    public String hostHeader() {
        return names.forRequest();
    }

    /** Whether the container must answer a request before it is served. */
    public boolean warm() {
        return settings.warm();
    }

    /** Orders the oldest container first. */
    @Override
    public int compareTo(ServerCandidate other) {
        return OLDEST_FIRST.compare(this, other);
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
