package io.interlock.app.plugin;

import io.interlock.app.config.JsonPaths;
import io.interlock.pluginhost.SectionProblem;

/** Where in the configuration file something is that a plugin refuses. */
public final class SectionPaths {

    private SectionPaths() {}

    /** The JSON path of the value. */
    public static String of(SectionProblem problem) {
        String path = JsonPaths.member(JsonPaths.member(JsonPaths.ROOT, "plugins"), problem.pluginId());
        for (Object step : problem.path()) {
            path = step instanceof Integer index
                    ? JsonPaths.element(path, index)
                    : JsonPaths.member(path, String.valueOf(step));
        }
        return path;
    }
}
