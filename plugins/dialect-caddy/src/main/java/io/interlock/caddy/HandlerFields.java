package io.interlock.caddy;

import io.interlock.api.dialect.DialectField;
import io.interlock.caddy.label.CaddyDirective;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final Map<String, Elements> lists = new HashMap<>();

    /** Elements of a list, and the labels that they come from. */
    private record Elements(Set<String> sources, List<String> values) {}

    void set(String field, CaddyDirective source, String value) {
        fields.put(field, DialectField.of(source.label(), value));
    }

    void set(String field, CaddyDirective source, List<String> values) {
        fields.put(field, DialectField.of(source.label(), values));
    }

    /** Adds an element to a list of a field that is not set otherwise. */
    void add(String field, CaddyDirective source, String value) {
        Elements list = lists.computeIfAbsent(field, any -> new Elements(new HashSet<>(), new ArrayList<>()));
        list.sources().add(source.label());
        list.values().add(value);
    }

    boolean has(String field) {
        return fields.containsKey(field) || lists.containsKey(field);
    }

    /** Nobody may see the route. */
    void close(CaddyDirective source) {
        set("deny", source, EVERYBODY);
    }

    Map<String, DialectField> fields() {
        Map<String, DialectField> all = new TreeMap<>(fields);
        lists.forEach((field, list) -> all.put(field, new DialectField(list.sources(), list.values())));
        return all;
    }
}
