package io.interlock.app.topology;

import io.interlock.api.topology.Condition;
import io.interlock.api.topology.Route;
import java.util.Comparator;
import java.util.List;

/**
 * Which of the requests for a name are meant.
 *
 * @param path as {@link Route#pathPrefix} has it
 * @param conditions as {@link Route#conditions} has them
 */
record Scope(String path, List<Condition> conditions) implements Comparable<Scope> {

    /** All of them. */
    static final Scope EVERYTHING = new Scope(Route.EVERYTHING, List.of());

    private static final Comparator<Scope> ORDER = Comparator.comparing(Scope::path)
            .thenComparing(scope -> scope.conditions().toString());

    boolean isEverything() {
        return equals(EVERYTHING);
    }

    @Override
    public int compareTo(Scope other) {
        return ORDER.compare(this, other);
    }
}
