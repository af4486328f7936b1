package io.interlock.haproxy.render;

import io.interlock.api.loadbalancer.Omission;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What HAProxy is to have on disk for a topology.
 *
 * @param revision names the content: equal if and only if configuration and maps are; a running HAProxy tells it as
 *     {@link Renderer#REVISION_VARIABLE}
 * @param config the configuration file's text
 * @param maps each map file's text
 * @param omissions what the topology asked for and is not in here, sorted
 */
public record Rendered(String revision, String config, SortedMap<Path, String> maps, List<Omission> omissions) {
    public Rendered {
        maps = Collections.unmodifiableSortedMap(new TreeMap<>(maps));
        omissions = List.copyOf(omissions);
    }
}
