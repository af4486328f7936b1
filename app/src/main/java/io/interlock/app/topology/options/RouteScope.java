package io.interlock.app.topology.options;

import io.interlock.api.topology.Route;
import io.interlock.api.topology.RouteCondition;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which of the requests for a name are meant.
 *
 * @param path as {@link Route#pathPrefix} has it
 * @param conditions as {@link Route#conditions} has them
 * @param listen not requests but TCP connections to this port
 */
public record RouteScope(String path, List<RouteCondition> conditions, OptionalInt listen)
        implements Comparable<RouteScope> {

    /** All of them. */
    static final RouteScope EVERYTHING = below(Route.EVERYTHING, List.of());

    private static final Comparator<RouteScope> ORDER = Comparator.comparingInt(
                    (RouteScope scope) -> scope.listen().orElse(0))
            .thenComparing(RouteScope::path)
            .thenComparing(scope -> scope.conditions().toString());

    /** Requests. */
    public static RouteScope below(String path, List<RouteCondition> conditions) {
        return new RouteScope(path, conditions, OptionalInt.empty());
    }

    /** Connections. */
    static RouteScope at(int port) {
        return new RouteScope(Route.EVERYTHING, List.of(), OptionalInt.of(port));
    }

    public boolean isEverything() {
        return equals(EVERYTHING);
    }

    @Override
    public int compareTo(RouteScope other) {
        return ORDER.compare(this, other);
    }
}
