package io.interlock.haproxy.render;

import io.interlock.haproxy.plan.Loaded;
import io.interlock.haproxy.plan.Served;
import io.interlock.haproxy.plan.Spare;
import io.interlock.haproxy.plan.Wanted;
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
 * @param wanted what this was made of
 * @param spares the spare backends that it declares besides
 */
public record Rendered(
        String revision, String config, SortedMap<Path, String> maps, Wanted wanted, List<Spare> spares) {
    public Rendered {
        maps = Collections.unmodifiableSortedMap(new TreeMap<>(maps));
        spares = List.copyOf(spares);
    }

    /** What it declares. */
    public Loaded loaded() {
        return Loaded.of(revision, wanted, spares);
    }

    /** What a worker that has loaded this has. */
    public Served served() {
        return Served.loaded(wanted, spares);
    }
}
