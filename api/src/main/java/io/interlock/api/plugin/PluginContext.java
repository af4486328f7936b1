package io.interlock.api.plugin;

import java.nio.file.Path;
import java.time.Clock;

/**
 * The host's side of one plugin instance. All methods may be called from any thread.
 */
public interface PluginContext {

    /** The plugin's id, as in its manifest and in the configuration's {@code plugins} section. */
    String pluginId();

    /**
     * A folder of this plugin's own, which exists, which only the service's user may enter, and whose content survives
     * a restart. For an instance that is only asked for a preview it need not exist, and must not be made.
     */
    Path dataDirectory();

    /** The clock to read time from. */
    Clock clock();
}
