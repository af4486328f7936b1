package io.interlock.traefik;

import io.interlock.api.dialect.DialectField;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Fields of one router, as they come together. */
final class RouteFields {

    /** Addresses of all clients: a route that denies these is closed. */
    private static final List<String> EVERYBODY = List.of("0.0.0.0/0", "::/0");

    private final Map<String, DialectField> fields = new TreeMap<>();
    private final Map<String, Elements> lists = new HashMap<>();
    private Optional<DialectField> redirect = Optional.empty();
    private Optional<LabelValue> stripped = Optional.empty();
    private boolean closed;

    /** Elements of a list, each once, and the labels that they come from. */
    private record Elements(Set<String> sources, Set<String> values) {}

    void set(String field, LabelValue source, String value) {
        fields.put(field, DialectField.of(source.label(), value));
    }

    void set(String field, LabelValue source, List<String> values) {
        fields.put(field, DialectField.of(source.label(), values));
    }

    /** Sets a limit; of two, the smaller one counts. What is no number is left to Interlock's own check. */
    void limit(String field, LabelValue source, String value) {
        DialectField before = fields.get(field);
        boolean isKept = before != null
                && DurationReader.number(before.values().getFirst())
                        .map(least -> DurationReader.number(value)
                                .filter(limit -> limit >= least)
                                .isPresent())
                        .orElse(true);
        if (!isKept) {
            set(field, source, value);
        }
    }

    /** Adds an element to a list of a field that is not set otherwise; one that is there already becomes the last. */
    void add(String field, LabelValue source, String value) {
        Elements list = lists.computeIfAbsent(field, any -> new Elements(new HashSet<>(), new LinkedHashSet<>()));
        list.sources().add(source.label());
        list.values().remove(value);
        list.values().add(value);
    }

    boolean has(String field) {
        return fields.containsKey(field) || lists.containsKey(field);
    }

    /** Requests over HTTP are redirected to HTTPS with this status. */
    void redirect(LabelValue source, String status) {
        redirect = Optional.of(DialectField.of(source.label(), status));
    }

    Optional<DialectField> redirect() {
        return redirect;
    }

    /** These prefixes are removed from the path. */
    void strip(LabelValue prefixes) {
        stripped = Optional.of(prefixes);
    }

    Optional<LabelValue> stripped() {
        return stripped;
    }

    /** Nobody may see the route. */
    void close(LabelValue source) {
        closed = true;
        fields.put("deny", DialectField.of(source.label(), EVERYBODY));
    }

    boolean isClosed() {
        return closed;
    }

    Map<String, DialectField> fields() {
        Map<String, DialectField> all = new TreeMap<>(fields);
        lists.forEach((field, list) -> all.put(field, new DialectField(list.sources(), List.copyOf(list.values()))));
        return all;
    }
}
