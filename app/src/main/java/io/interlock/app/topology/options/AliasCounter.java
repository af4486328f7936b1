package io.interlock.app.topology.options;

import io.interlock.api.topology.HostName;
import io.interlock.app.topology.field.ContainerLimits;
import java.util.HashSet;
import java.util.Set;

/** Counts the different aliases and regular expressions of one container over all its routes. */
public final class AliasCounter {

    private final Set<HostName> counted = new HashSet<>();
    private final Set<HostName> expressions = new HashSet<>();
    private final int limit;

    /**
     * @param limit the maximum number of aliases
     */
    public AliasCounter(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    /** Counts the alias if the limit allows it. Returns false if the limit is reached. */
    boolean admits(HostName alias) {
        return counted.contains(alias) || (counted.size() < limit && counted.add(alias));
    }

    /** Counts the name if it is no regular expression, or the limit of those allows it. */
    boolean admitsExpression(HostName name) {
        return !name.isExpression()
                || expressions.contains(name)
                || (expressions.size() < ContainerLimits.EXPRESSIONS && expressions.add(name));
    }
}
