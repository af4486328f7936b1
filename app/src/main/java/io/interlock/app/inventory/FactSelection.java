package io.interlock.app.inventory;

import java.util.Set;

/**
 * What is read of the labels and variables of containers.
 *
 * @param labels names of labels, in addition to those for Interlock
 * @param labelPrefixes what the names of further labels begin with, without regard to case
 * @param variablePrefixes what the names of variables begin with, in addition to {@code INTERLOCK_DATA}
 */
public record FactSelection(Set<String> labels, Set<String> labelPrefixes, Set<String> variablePrefixes) {

    /** What is for Interlock, and nothing else. */
    public static final FactSelection OWN = ofLabels(Set.of());

    public FactSelection {
        labels = Set.copyOf(labels);
        labelPrefixes = Set.copyOf(labelPrefixes);
        variablePrefixes = Set.copyOf(variablePrefixes);
    }

    /** Selects labels by their names. */
    public static FactSelection ofLabels(Set<String> labels) {
        return new FactSelection(labels, Set.of(), Set.of());
    }

    public boolean hasLabel(String name) {
        return LabelPrefix.isOf(name)
                || labels.contains(name)
                || hasLabelPrefix(name, labelPrefixes)
                || LabelPrefix.isMisspelt(name);
    }

    /** Whether the name of a label begins with one of these, without regard to case. */
    public static boolean hasLabelPrefix(String name, Set<String> prefixes) {
        return prefixes.stream().anyMatch(prefix -> name.regionMatches(true, 0, prefix, 0, prefix.length()));
    }

    /**
     * Whether a variable is read.
     *
     * @param text {@code NAME=VALUE}
     */
    public boolean hasVariable(String text) {
        return text.startsWith(ContainerFacts.DATA + "=") || hasFurtherVariable(text);
    }

    /** Whether a variable is read, and is not {@code INTERLOCK_DATA}. */
    public boolean hasFurtherVariable(String text) {
        return variablePrefixes.stream().anyMatch(text::startsWith) && text.indexOf('=') > 0;
    }
}
