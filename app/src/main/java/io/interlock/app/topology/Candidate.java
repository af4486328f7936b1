package io.interlock.app.topology;

import io.interlock.api.topology.Server;
import io.interlock.app.inventory.ContainerKey;
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
record Candidate(Instant created, WarmUp.Run run, String containerName, Names names, Settings settings, Server server)
        implements Comparable<Candidate> {

    private static final Comparator<Candidate> OLDEST_FIRST =
            Comparator.comparing(Candidate::created).thenComparing(Candidate::key);

    ContainerKey key() {
        return run.container();
    }

    /** What it wants to be sent; at least one, all of the same scope. */
    List<Claim> claims() {
        return names.all().stream()
                .map(name -> new Claim(name, settings.scope()))
                .toList();
    }

    /** The request that it is to answer before it is served. */
    WarmUp warmUp() {
        return new WarmUp(
                run,
                containerName,
                names.forRequest(),
                server.address(),
                server.port(),
                settings.warm() ? WarmUp.Until.ANSWERING : WarmUp.Until.LISTENING);
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
