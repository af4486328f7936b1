package io.interlock.app.plugin;

import io.interlock.app.config.json.JsonPaths;
import io.interlock.pluginhost.PluginSectionProblem;

/** Paths of the values in the configuration file that a plugin refuses. */
public final class PluginSectionPaths {

    private PluginSectionPaths() {}

    /** The JSON path of the value. */
    public static String of(PluginSectionProblem problem) {
        String path = JsonPaths.member(JsonPaths.member(JsonPaths.ROOT, "plugins"), problem.pluginId());
        for (Object step : problem.path()) {
            path = step instanceof Integer index
                    ? JsonPaths.element(path, index)
                    : JsonPaths.member(path, String.valueOf(step));
        }
        return path;
    }
}
