package io.interlock.app.topology;

import io.interlock.api.topology.HostName;
import java.util.Comparator;

/**
 * What a container wants to be sent: requests for a name whose path lies below a prefix.
 *
 * @param name the name
 * @param path as {@link io.interlock.api.topology.Route#pathPrefix} has it
 */
record Claim(HostName name, String path) implements Comparable<Claim> {

    private static final Comparator<Claim> ORDER =
            Comparator.comparing(Claim::name).thenComparing(Claim::path);

    @Override
    public int compareTo(Claim other) {
        return ORDER.compare(this, other);
    }
}
