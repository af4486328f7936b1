package io.interlock.haproxy.render;

import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.SpareBackend;
import io.interlock.haproxy.plan.LoadedConfig;
import io.interlock.haproxy.plan.ProxyState;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What HAProxy is to have on disk for a topology.
 *
 * @param revision names the content: equal if and only if configuration and maps are; a running HAProxy tells it as
 *     {@link ConfigRenderer#REVISION_VARIABLE}
 * @param config the configuration file's text
 * @param maps each map file's text
 * @param desired what this was made of
 * @param spares the spare backends that it declares besides
 */
public record RenderedConfig(
        String revision,
        String config,
        SortedMap<Path, String> maps,
        DesiredConfig desired,
        List<SpareBackend> spares) {
    public RenderedConfig {
        maps = Collections.unmodifiableSortedMap(new TreeMap<>(maps));
        spares = List.copyOf(spares);
    }

    /** What it declares. */
    public LoadedConfig loaded() {
        return LoadedConfig.of(revision, desired, spares);
    }

    /** What a worker that has loaded this has. */
    public ProxyState initialState() {
        return ProxyState.loaded(desired, spares);
    }
}
