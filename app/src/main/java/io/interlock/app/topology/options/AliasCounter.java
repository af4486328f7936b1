package io.interlock.app.topology.options;

import io.interlock.api.topology.HostName;
import io.interlock.app.topology.field.ContainerLimits;
import java.util.HashSet;
import java.util.Set;

/** Counts the different aliases of one container over all its routes. */
public final class AliasCounter {

    private final Set<HostName> counted = new HashSet<>();

    /** Counts the alias if the limit allows it. Returns false if the limit is reached. */
    boolean admits(HostName alias) {
        return counted.contains(alias) || (counted.size() < ContainerLimits.ALIASES && counted.add(alias));
    }
}
