package io.interlock.app;

import io.interlock.app.config.ConfigProblem;
import io.interlock.app.config.JsonPaths;
import io.interlock.app.config.Locations;
import io.interlock.app.plugin.LoadedPlugins;
import io.interlock.app.plugin.LoadedPlugins.SectionProblem;
import java.util.List;

/** Names the line of what plugins refuse in their sections of the configuration file. */
final class SectionProblems {

    private SectionProblems() {}

    static List<ConfigProblem> of(LoadedPlugins loaded, Locations locations) {
        return loaded.configProblems().stream()
                .map(problem -> new ConfigProblem(
                        locations.of(path(problem)), problem.expected(), problem.found(), problem.hint()))
                .toList();
    }

    private static String path(SectionProblem problem) {
        String path = JsonPaths.member(JsonPaths.member(JsonPaths.ROOT, "plugins"), problem.pluginId());
        for (Object step : problem.path()) {
            path = step instanceof Integer index
                    ? JsonPaths.element(path, index)
                    : JsonPaths.member(path, String.valueOf(step));
        }
        return path;
    }
}
