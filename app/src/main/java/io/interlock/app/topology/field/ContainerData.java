package io.interlock.app.topology.field;

import io.interlock.app.topology.findings.FieldValue;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a container says about itself in INTERLOCK_DATA and labels, merged but not judged yet.
 *
 * @param present whether it said anything at all, understood or not
 * @param values what it gave for which field; never null, blank or an empty list
 * @param routes the same for each route that it asks for, by name
 */
public record ContainerData(
        boolean present, Map<ContainerField, FieldValue> values, Map<String, Map<ContainerField, FieldValue>> routes) {

    public ContainerData {
        values = copy(values);
        Map<String, Map<ContainerField, FieldValue>> copies = new TreeMap<>();
        routes.forEach((name, its) -> copies.put(name, copy(its)));
        routes = copies;
    }

    /** One that does not ask for several routes. */
    public ContainerData(boolean present, Map<ContainerField, FieldValue> values) {
        this(present, values, Map.of());
    }

    public Optional<FieldValue> get(ContainerField field) {
        return Optional.ofNullable(values.get(field));
    }

    /**
     * What is to be served, by the route's name: all that the container says, if it does not ask for several routes; else for each of
     * them what is said there, and of the rest what is said for all.
     */
    public Map<String, ContainerData> parts() {
        if (routes.isEmpty()) {
            return Map.of("", this);
        }
        Map<String, ContainerData> parts = new LinkedHashMap<>();
        routes.forEach((name, its) -> {
            Map<ContainerField, FieldValue> merged = copy(values);
            merged.putAll(its);
            parts.put(name, new ContainerData(present, merged));
        });
        return parts;
    }

    private static Map<ContainerField, FieldValue> copy(Map<ContainerField, FieldValue> values) {
        Map<ContainerField, FieldValue> copy = new EnumMap<>(ContainerField.class);
        copy.putAll(values);
        return copy;
    }
}
