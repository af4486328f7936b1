package io.interlock.haproxy.plan;

import java.util.List;

/**
 * A virtual host as HAProxy's maps are to have it.
 *
 * @param name the first of its names
 * @param entries its lines in the maps
 */
public record HostSpec(String name, List<Entry> entries) implements Comparable<HostSpec> {
    public HostSpec {
        entries = List.copyOf(entries);
    }

    @Override
    public int compareTo(HostSpec other) {
        return name.compareTo(other.name);
    }
}
