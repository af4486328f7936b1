package io.interlock.app.topology;

import io.interlock.api.topology.Server;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.ContainerRun;
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
public record Candidate(
        Instant created, ContainerRun run, String containerName, Names names, Settings settings, Server server)
        implements Comparable<Candidate> {

    private static final Comparator<Candidate> OLDEST_FIRST =
            Comparator.comparing(Candidate::created).thenComparing(Candidate::key);

    public ContainerKey key() {
        return run.container();
    }

    /** What it wants to be sent; at least one, all of the same scope. */
    List<Claim> claims() {
        return names.all().stream()
                .map(name -> new Claim(name, settings.scope()))
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
    public int compareTo(Candidate other) {
        return OLDEST_FIRST.compare(this, other);
    }

    /** Of the container alone: candidates are keys, and two of one container rarely meet. */
    @Override
    public int hashCode() {
        return run.hashCode();
    }
}
