package io.interlock.app.topology.field;

import io.interlock.app.topology.findings.FieldValue;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Values that a container gives in INTERLOCK_DATA and in labels, merged but not yet checked.
 *
 * @param present whether the container has any data or labels for Interlock, valid or not
 * @param values by field; no value is null, blank or an empty list
 * @param routes by the name of each route that the container asks for: the values of that route, by field
 */
public record ContainerData(
        boolean present, Map<ContainerField, FieldValue> values, Map<String, Map<ContainerField, FieldValue>> routes) {

    public ContainerData {
        values = copy(values);
        Map<String, Map<ContainerField, FieldValue>> copies = new TreeMap<>();
        routes.forEach((name, its) -> copies.put(name, copy(its)));
        routes = copies;
    }

    /** Creates the data of a container that does not ask for several routes. */
    public ContainerData(boolean present, Map<ContainerField, FieldValue> values) {
        this(present, values, Map.of());
    }

    public Optional<FieldValue> get(ContainerField field) {
        return Optional.ofNullable(values.get(field));
    }

    /**
     * Returns the data of each route, by the route's name. Without routes, the only entry holds all data of the
     * container, under an empty name. Otherwise each route has its own values, and the container's values for all other
     * fields.
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
