package io.interlock.haproxy.plan;

import io.interlock.haproxy.model.BackendDeclaration;
import io.interlock.haproxy.model.SpareBackend;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Index of the places by their declaration, and of those that are free. Confined to one thread. */
final class PlaceRegistry {

    private final Map<String, BackendDeclaration> declared = new HashMap<>();
    private final Map<BackendDeclaration, NavigableSet<String>> freeSpares = new HashMap<>();
    private final Map<BackendDeclaration, Integer> spares = new HashMap<>();
    /** Names of sections of defaults. */
    private final Map<BackendDeclaration, String> defaults = new HashMap<>();

    private final Set<String> added = new LinkedHashSet<>();

    void declare(String place, BackendDeclaration declaration) {
        declared.put(place, declaration);
    }

    void declare(SpareBackend spare) {
        if (spare.defaults()) {
            defaults.put(spare.declaration(), spare.name());
            return;
        }
        declare(spare.name(), spare.declaration());
        free(spare.declaration()).add(spare.name());
        spares.merge(spare.declaration(), 1, Integer::sum);
    }

    /** The section of defaults with the declaration; empty if there is none. */
    Optional<String> defaults(BackendDeclaration declaration) {
        return Optional.ofNullable(defaults.get(declaration));
    }

    boolean hasDefaults() {
        return !defaults.isEmpty();
    }

    /** Records a place that HAProxy has made of a section of defaults. */
    void add(String place, String section) {
        defaults.forEach((declaration, name) -> {
            if (name.equals(section)) {
                declare(place, declaration);
                added.add(place);
            }
        });
    }

    /** Records that HAProxy has deleted a place that was added. */
    void delete(String place) {
        declared.remove(place);
        added.remove(place);
    }

    /** The places that were added at run time. */
    Set<String> added() {
        return added;
    }

    boolean isDeclared(String place) {
        return declared.containsKey(place);
    }

    /** Records whether a place has neither a backend nor servers. */
    void noteFree(String place, boolean free) {
        if (SpareBackendPlanner.isSpare(place)) {
            NavigableSet<String> alike = free(Objects.requireNonNull(declared.get(place)));
            if (free) {
                alike.add(place);
            } else {
                alike.remove(place);
            }
        }
    }

    boolean declares(String place, BackendDeclaration declaration) {
        return declaration.equals(declared.get(place));
    }

    boolean isSticky(String place) {
        return Optional.ofNullable(declared.get(place))
                .filter(BackendDeclaration::sticky)
                .isPresent();
    }

    /** Whether anything declared looks up its health check. */
    boolean looksUpChecks() {
        return Stream.concat(declared.values().stream(), defaults.keySet().stream())
                .anyMatch(BackendDeclaration::looksUpCheck);
    }

    NavigableSet<String> freeSpares(BackendDeclaration declaration) {
        return freeSpares.getOrDefault(declaration, Collections.emptyNavigableSet());
    }

    /** Number of spare backends of each declaration, free or used. */
    Map<BackendDeclaration, Integer> spares() {
        return spares;
    }

    int sparesLeft() {
        return freeSpares.values().stream().mapToInt(NavigableSet::size).sum();
    }

    private NavigableSet<String> free(BackendDeclaration declaration) {
        return freeSpares.computeIfAbsent(declaration, key -> new TreeSet<>());
    }
}
