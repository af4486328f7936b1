package io.interlock.app.plugin;

import io.interlock.app.config.json.ConfigLocationIndex;
import io.interlock.app.config.json.JsonPaths;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.pluginhost.PluginSectionProblem;
import java.util.List;

/** Finds the place in the configuration file of each value that plugins refuse. */
public final class SectionProblemLocator {

    private SectionProblemLocator() {}

    public static List<ConfigProblem> of(PluginLoadResult loaded, ConfigLocationIndex locations) {
        return loaded.configProblems().stream()
                .map(problem -> new ConfigProblem(
                        locations.of(path(problem)), problem.expected(), problem.found(), problem.hint()))
                .toList();
    }

    /** Returns the JSON path of the value that a plugin refuses. */
    static String path(PluginSectionProblem problem) {
        String path = JsonPaths.member(JsonPaths.member(JsonPaths.ROOT, "plugins"), problem.pluginId());
        for (Object step : problem.path()) {
            path = step instanceof Integer index
                    ? JsonPaths.element(path, index)
                    : JsonPaths.member(path, String.valueOf(step));
        }
        return path;
    }
}
