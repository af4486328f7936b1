package io.interlock.app.plugin;

import java.io.IOException;
import java.nio.file.Path;

/** Folders in which plugins keep files. */
@FunctionalInterface
public interface PluginDataFolders {

    /** Returns the folder of one plugin, and creates it if it is missing. */
    Path ofPlugin(String pluginId) throws IOException;
}
