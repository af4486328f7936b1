package io.interlock.haproxy.model;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

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

    /** First words of the lines that a section of defaults takes as a backend does. */
    private static final Set<String> DEFAULTS = Set.of(
            "option",
            "http-check",
            "timeout",
            "retries",
            "retry-on",
            "balance",
            "hash-type",
            "compression",
            "http-request",
            "http-response",
            "http-after-response");

    /** Names of conditions, tables and lists of users, and what counts in a table. */
    private static final Pattern OWN_SECTIONS = Pattern.compile("interlock[.]|track-sc");

    public BackendDeclaration {
        directives = List.copyOf(directives);
    }

    /**
     * Whether a section of defaults can contain all of this. It takes no named conditions and tables, and what refers to a section
     * that Interlock names would need it in advance.
     */
    public boolean fitsDefaults() {
        return directives.stream()
                .allMatch(line -> DEFAULTS.contains(line.split(" ", 2)[0])
                        && !OWN_SECTIONS.matcher(line).find());
    }

    /** Whether connections are forwarded instead of requests. */
    public boolean isTcp() {
        return !directives.isEmpty() && directives.getFirst().equals(BackendSpec.MODE_TCP);
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
