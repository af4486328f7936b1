package io.interlock.api.dialect;

import io.interlock.api.Experimental;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a dialect may know of a container. All texts are untrusted.
 *
 * @param name the container's name
 * @param labels the labels that the dialect reads, by name, sorted
 * @param environment the variables that the dialect reads, by name, sorted
 * @param exposedPorts declared or published TCP ports, ascending
 * @param networks the names of its networks
 */
@Experimental
public record DialectInput(
        String name,
        Map<String, String> labels,
        Map<String, String> environment,
        List<Integer> exposedPorts,
        List<String> networks) {

    public DialectInput {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        exposedPorts = List.copyOf(exposedPorts);
        networks = List.copyOf(networks);
    }

    /** Returns a text without values, which may be secrets. */
    @Override
    public String toString() {
        return "DialectInput[name=" + name + ", labels=" + labels.keySet() + ", environment=" + environment.keySet()
                + ", exposedPorts=" + exposedPorts + ", networks=" + networks + "]";
    }
}
