package io.interlock.api.plugin;

import java.nio.file.Path;
import java.time.Clock;

/** Services of the host for one plugin instance. All methods may be called from any thread. */
public interface PluginContext {

    /** The plugin's id, as in its manifest and in the configuration's {@code plugins} section. */
    String pluginId();

    /**
     * Returns a folder that belongs to this plugin alone. The folder exists, only the service's user may enter it, and
     * its content survives a restart. For an instance that is created only for a preview the folder may be missing, and
     * the plugin must not create it.
     */
    Path dataDirectory();

    /** The clock that the plugin must read time from. */
    Clock clock();
}
