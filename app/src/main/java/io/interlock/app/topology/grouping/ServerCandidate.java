package io.interlock.app.topology.grouping;

import io.interlock.api.topology.Server;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.topology.options.ContainerHostNames;
import io.interlock.app.topology.options.ContainerSettings;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * A container that can be served; or a part of it, if it asks for several routes.
 *
 * @param created decides who is older
 * @param run which run of it this is
 * @param containerName printable
 * @param names what it claims; at least one
 * @param settings what it asks for
 * @param server how a load balancer is to see it
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

    /** What it wants to be sent; at least one, all of the same scope. */
    public List<RouteKey> routeKeys() {
        return names.all().stream()
                .map(name -> new RouteKey(name, settings.scope()))
                .toList();
    }

    /** A name to send as Host header in order to reach the container. */
    public String hostHeader() {
        return names.forRequest();
    }

    /** Whether it must answer a request before it is served. */
    public boolean warm() {
        return settings.warm();
    }

    /** Oldest first. */
    @Override
    public int compareTo(ServerCandidate other) {
        return OLDEST_FIRST.compare(this, other);
    }

    /** Of the container alone: candidates are keys, and two of one container rarely meet. */
    @Override
    public int hashCode() {
        return run.hashCode();
    }
}
