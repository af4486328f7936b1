package io.interlock.app.topology.grouping;

import io.interlock.api.topology.HostName;
import io.interlock.app.topology.options.RouteScope;
import java.util.Comparator;

/**
 * What a container wants to be sent.
 *
 * @param name requests for this
 * @param scope of them these
 */
public record RouteKey(HostName name, RouteScope scope) implements Comparable<RouteKey> {

    private static final Comparator<RouteKey> ORDER =
            Comparator.comparing(RouteKey::name).thenComparing(RouteKey::scope);

    @Override
    public int compareTo(RouteKey other) {
        return ORDER.compare(this, other);
    }
}
