package io.interlock.app.topology.options;

import io.interlock.api.topology.HostName;
import io.interlock.app.topology.field.ContainerLimits;
import java.util.HashSet;
import java.util.Set;

/** Counts the different aliases of one container, whichever of its routes they stand at. */
public final class AliasCounter {

    private final Set<HostName> counted = new HashSet<>();

    /** Whether there is room for an alias, which takes it. */
    boolean admits(HostName alias) {
        return counted.contains(alias) || (counted.size() < ContainerLimits.ALIASES && counted.add(alias));
    }
}
