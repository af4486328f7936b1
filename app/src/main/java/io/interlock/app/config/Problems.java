package io.interlock.app.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong, so that all of it can be told at once. */
final class Problems {

    private static final Comparator<ConfigProblem> IN_THE_ORDER_OF_THE_FILE =
            Comparator.comparing(problem -> position(problem.place()));

    private final List<ConfigProblem> found = new ArrayList<>();

    void add(Place place, String expected, String found) {
        add(place, expected, found, Optional.empty());
    }

    void add(Place place, String expected, String found, Optional<String> hint) {
        this.found.add(new ConfigProblem(place, expected, found, hint));
    }

    boolean none() {
        return found.isEmpty();
    }

    List<ConfigProblem> sorted() {
        return found.stream().sorted(IN_THE_ORDER_OF_THE_FILE).toList();
    }

    private static Position position(Place place) {
        return place instanceof Place.InFile inFile ? inFile.position() : new Position(Integer.MAX_VALUE, 0);
    }
}
