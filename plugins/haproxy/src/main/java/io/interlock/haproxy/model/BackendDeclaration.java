package io.interlock.haproxy.model;

import java.util.List;
import java.util.Set;

/**
 * Content of a backend in the configuration besides its name and servers. Only a reload changes it.
 *
 * @param directives whole lines
 * @param looksUpCheck whether one of the directives looks up the health check's request in {@link HaproxyMap#CHECKS}
 */
public record BackendDeclaration(List<String> directives, boolean looksUpCheck) {

    private static final String COOKIE = "cookie ";

    /** Ways to choose a server by its place on a ring, whose parts follow from ids and weights. */
    private static final Set<String> HASHES = Set.of("balance source", "balance uri", "balance random");

    public BackendDeclaration {
        directives = List.copyOf(directives);
    }

    /** Whether a cookie ties clients to servers. */
    public boolean sticky() {
        return directives.stream().anyMatch(line -> line.startsWith(COOKIE));
    }

    /** Whether servers are chosen by a consistent hash. */
    public boolean hashes() {
        return directives.stream().anyMatch(HASHES::contains);
    }
}
