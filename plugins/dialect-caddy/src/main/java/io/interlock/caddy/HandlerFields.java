package io.interlock.caddy;

import io.interlock.api.dialect.DialectField;
import io.interlock.caddy.label.CaddyDirective;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Fields of one route. */
final class HandlerFields {

    /** Addresses of all clients: a route that denies these is closed. */
    private static final List<String> EVERYBODY = List.of("0.0.0.0/0", "::/0");

    private final Map<String, DialectField> fields = new TreeMap<>();

    void set(String field, CaddyDirective source, String value) {
        fields.put(field, DialectField.of(source.label(), value));
    }

    void set(String field, CaddyDirective source, List<String> values) {
        fields.put(field, DialectField.of(source.label(), values));
    }

    /** Adds an element to a list. */
    void add(String field, CaddyDirective source, String value) {
        DialectField before = fields.getOrDefault(field, new DialectField(Set.of(), List.of()));
        Set<String> sources = new HashSet<>(before.sources());
        sources.add(source.label());
        List<String> values = new ArrayList<>(before.values());
        values.add(value);
        fields.put(field, new DialectField(sources, values));
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    /** Nobody may see the route. */
    void close(CaddyDirective source) {
        set("deny", source, EVERYBODY);
    }

    Map<String, DialectField> fields() {
        return new TreeMap<>(fields);
    }
}
