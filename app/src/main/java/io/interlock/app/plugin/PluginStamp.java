package io.interlock.app.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.app.config.NamedFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything of the configuration that a plugin was created with. Two stamps differ if the plugin must be created anew.
 *
 * @param section its section
 * @param settings the general settings; empty for a sink
 * @param files digests of the files that section and settings name
 */
record PluginStamp(ObjectNode section, Optional<ProxySettings> settings, Map<Path, String> files) {

    /** Takes a stamp of the present configuration. */
    static PluginStamp of(ObjectNode section, Optional<ProxySettings> settings, Set<Path> named) {
        Set<Path> files = new TreeSet<>(named);
        settings.map(NamedFiles::of).ifPresent(files::addAll);
        return new PluginStamp(section, settings, NamedFiles.digests(files));
    }

    /** Takes a stamp of another configuration, with the files as they are now. */
    PluginStamp of(ObjectNode changed, ProxySettings changedSettings) {
        return of(changed, settings.map(former -> changedSettings), files.keySet());
    }

    /** Returns a text without values, which may be secret. */
    @Override
    public String toString() {
        return "PluginStamp" + files.keySet();
    }
}
