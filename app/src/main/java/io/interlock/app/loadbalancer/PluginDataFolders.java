package io.interlock.app.loadbalancer;

import java.io.IOException;
import java.nio.file.Path;

/** Where plugins keep files. */
@FunctionalInterface
public interface PluginDataFolders {

    /** The folder of one plugin, made if it was not there. */
    Path ofPlugin(String pluginId) throws IOException;
}
