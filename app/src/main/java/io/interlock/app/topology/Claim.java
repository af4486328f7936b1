package io.interlock.app.topology;

import io.interlock.api.topology.HostName;
import java.util.Comparator;

/**
 * What a container wants to be sent.
 *
 * @param name requests for this
 * @param scope of them these
 */
record Claim(HostName name, Scope scope) implements Comparable<Claim> {

    private static final Comparator<Claim> ORDER =
            Comparator.comparing(Claim::name).thenComparing(Claim::scope);

    @Override
    public int compareTo(Claim other) {
        return ORDER.compare(this, other);
    }
}
