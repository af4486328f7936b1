package io.interlock.api.dialect;

import io.interlock.api.Experimental;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Value of one of Interlock's container fields.
 *
 * @param sources names of the labels and variables that the value follows from, at least one, unless it follows from the
 *     configuration of the dialect alone
 * @param values the value as in a label; several for a list, whose elements may contain commas
 */
@Experimental
public record DialectField(Set<String> sources, List<String> values) {

    public DialectField {
        sources = Set.copyOf(sources);
        values = List.copyOf(values);
    }

    /** Creates a field that follows from one label or variable; from none if its name is empty. */
    public static DialectField of(String source, String value) {
        return of(source, List.of(value));
    }

    /** Creates a field with a list that follows from one label or variable; from none if its name is empty. */
    public static DialectField of(String source, List<String> values) {
        return new DialectField(source.isEmpty() ? Set.of() : Set.of(source), values);
    }

    /** Returns a text without the values, which may be secrets. */
    @Override
    public String toString() {
        return "DialectField[sources=" + new TreeSet<>(sources) + ", values=" + values.size() + "]";
    }
}
