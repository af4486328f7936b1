package io.interlock.api.dialect;

import io.interlock.api.Experimental;
import java.util.Set;

/**
 * What a dialect reads of a container.
 *
 * @param labelPrefixes what the names of labels begin with, without regard to case: {@code traefik.}
 * @param variablePrefixes what the names of environment variables begin with: {@code VIRTUAL_}
 * @param everyContainer whether the dialect also translates containers that have none of these
 */
@Experimental
public record DialectSources(Set<String> labelPrefixes, Set<String> variablePrefixes, boolean everyContainer) {

    /**
     * @throws IllegalArgumentException if a prefix is blank: a dialect never reads all labels, or all variables
     */
    public DialectSources {
        labelPrefixes = Set.copyOf(labelPrefixes);
        variablePrefixes = Set.copyOf(variablePrefixes);
        if (labelPrefixes.stream().anyMatch(String::isBlank)
                || variablePrefixes.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a prefix is blank");
        }
    }
}
