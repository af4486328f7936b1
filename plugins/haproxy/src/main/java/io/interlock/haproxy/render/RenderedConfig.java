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
 * Content of HAProxy's files for a topology.
 *
 * @param revision identifies the content: equal if and only if configuration and maps are equal; a running HAProxy
 *     returns it as {@link ConfigRenderer#REVISION_VARIABLE}
 * @param config the text of the configuration file
 * @param maps the text of each map file
 * @param desired the configuration that was rendered
 * @param spares the spare backends that the text declares in addition
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

    /** The declarations of this configuration. */
    public LoadedConfig loaded() {
        return LoadedConfig.of(revision, desired, spares);
    }

    /** The state of a worker that has just loaded this configuration. */
    public ProxyState initialState() {
        return ProxyState.loaded(desired, spares);
    }
}
