package io.interlock.app.topology.grouping;

import io.interlock.api.topology.HostName;
import io.interlock.app.topology.options.RouteScope;
import java.util.Comparator;

/**
 * Requests that a container asks for.
 *
 * @param name the host name of the requests
 * @param scope which of the requests for this name
 */
public record RouteKey(HostName name, RouteScope scope) implements Comparable<RouteKey> {

    private static final Comparator<RouteKey> ORDER =
            Comparator.comparing(RouteKey::name).thenComparing(RouteKey::scope);

    @Override
    public int compareTo(RouteKey other) {
        return ORDER.compare(this, other);
    }
}
