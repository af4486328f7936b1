package io.interlock.api.dialect;

import io.interlock.api.Experimental;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a container asks for, in Interlock's fields.
 *
 * @param fields the container's fields, by key as in {@code docs/container-data.md}: {@code hostname}
 * @param routes the fields of each of its routes, by the name of the route: letters, digits, {@code _} and {@code -}, at most
 *     32. A container that asks for several hosts, paths or ports has one route for each; a field that a route does not have
 *     is that of the container.
 * @param findings what the fields do not say
 */
@Experimental
public record DialectTranslation(
        Map<String, DialectField> fields,
        Map<String, Map<String, DialectField>> routes,
        List<DialectFinding> findings) {

    /** Translation of a container that asks for nothing. */
    public static final DialectTranslation NOTHING = new DialectTranslation(Map.of(), Map.of(), List.of());

    public DialectTranslation {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        Map<String, Map<String, DialectField>> copies = new TreeMap<>();
        routes.forEach((name, its) -> copies.put(name, Collections.unmodifiableSortedMap(new TreeMap<>(its))));
        routes = Collections.unmodifiableMap(copies);
        findings = List.copyOf(findings);
    }

    /** Whether the container asks for something, or a finding is about it. */
    public boolean isPresent() {
        return !equals(NOTHING);
    }
}
