package io.interlock.app.topology;

import io.interlock.api.topology.Condition;
import io.interlock.api.topology.Route;
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
record Scope(String path, List<Condition> conditions, OptionalInt listen) implements Comparable<Scope> {

    /** All of them. */
    static final Scope EVERYTHING = below(Route.EVERYTHING, List.of());

    private static final Comparator<Scope> ORDER = Comparator.comparingInt(
                    (Scope scope) -> scope.listen().orElse(0))
            .thenComparing(Scope::path)
            .thenComparing(scope -> scope.conditions().toString());

    /** Requests. */
    static Scope below(String path, List<Condition> conditions) {
        return new Scope(path, conditions, OptionalInt.empty());
    }

    /** Connections. */
    static Scope at(int port) {
        return new Scope(Route.EVERYTHING, List.of(), OptionalInt.of(port));
    }

    boolean isEverything() {
        return equals(EVERYTHING);
    }

    @Override
    public int compareTo(Scope other) {
        return ORDER.compare(this, other);
    }
}
