package io.interlock.app.config.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects all problems, so that one run reports all of them. */
public final class ConfigProblemCollector {

    private static final Comparator<ConfigProblem> IN_THE_ORDER_OF_THE_FILE =
            Comparator.comparing(problem -> position(problem.place()));

    private final List<ConfigProblem> found = new ArrayList<>();

    public void add(ConfigLocation place, String expected, String found) {
        add(place, expected, found, Optional.empty());
    }

    public void add(ConfigLocation place, String expected, String found, Optional<String> hint) {
        this.found.add(new ConfigProblem(place, expected, found, hint));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<ConfigProblem> sorted() {
        return found.stream().sorted(IN_THE_ORDER_OF_THE_FILE).toList();
    }

    private static TextPosition position(ConfigLocation place) {
        return place instanceof ConfigLocation.InFile inFile
                ? inFile.position()
                : new TextPosition(Integer.MAX_VALUE, 0);
    }
}
