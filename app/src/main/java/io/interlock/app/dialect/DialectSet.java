package io.interlock.app.dialect;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.FactSelection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The dialects that are on, beside Interlock's own.
 *
 * @param dialects in the operator's order: a field that several give has the value of the first
 */
public record DialectSet(List<NamedDialect> dialects) {

    /** Interlock's own fields alone. */
    public static final DialectSet NONE = new DialectSet(List.of());

    public DialectSet {
        dialects = List.copyOf(dialects);
    }

    /**
     * Returns what must be read of containers.
     *
     * @param labels names of labels that others need
     */
    public FactSelection selection(Set<String> labels) {
        Set<String> labelPrefixes = new HashSet<>();
        Set<String> variablePrefixes = new HashSet<>();
        for (NamedDialect named : dialects) {
            labelPrefixes.addAll(named.sources().labelPrefixes());
            variablePrefixes.addAll(named.sources().variablePrefixes());
        }
        return new FactSelection(labels, labelPrefixes, variablePrefixes);
    }

    /** Whether a container has a label or variable for one of the dialects. */
    public boolean isAddressed(ContainerFacts facts) {
        return dialects.stream().anyMatch(named -> named.isAddressed(facts));
    }
}
