package io.interlock.app.topology.options;

import io.interlock.api.topology.PathExpression;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.RouteCondition;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Part of the requests for a name.
 *
 * @param path as in {@link Route#pathPrefix}
 * @param conditions as in {@link Route#conditions}
 * @param listen for TCP connections instead of requests: the port at which clients connect
 */
public record RouteScope(String path, List<RouteCondition> conditions, OptionalInt listen)
        implements Comparable<RouteScope> {

    /** All requests. */
    static final RouteScope EVERYTHING = below(Route.EVERYTHING, List.of());

    private static final Comparator<RouteScope> ORDER = Comparator.comparingInt(
                    (RouteScope scope) -> scope.listen().orElse(0))
            .thenComparing(RouteScope::path)
            .thenComparing(scope -> scope.conditions().toString());

    /** Creates a scope of requests. */
    public static RouteScope below(String path, List<RouteCondition> conditions) {
        return new RouteScope(path, conditions, OptionalInt.empty());
    }

    /** Creates a scope of TCP connections. */
    static RouteScope at(int port) {
        return new RouteScope(Route.EVERYTHING, List.of(), OptionalInt.of(port));
    }

    /** Returns the regular expressions for paths. */
    public List<PathExpression> expressions() {
        return conditions.stream()
                .filter(RouteCondition.Path.class::isInstance)
                .flatMap(condition -> ((RouteCondition.Path) condition).expressions().stream())
                .toList();
    }

    public boolean isEverything() {
        return equals(EVERYTHING);
    }

    @Override
    public int compareTo(RouteScope other) {
        return ORDER.compare(this, other);
    }
}
