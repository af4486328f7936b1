package io.interlock.app;

import io.interlock.app.config.ConfigProblem;
import io.interlock.app.config.Locations;
import io.interlock.app.plugin.LoadedPlugins;
import io.interlock.app.plugin.SectionPaths;
import java.util.List;

/** Names the line of what plugins refuse in their sections of the configuration file. */
final class SectionProblems {

    private SectionProblems() {}

    static List<ConfigProblem> of(LoadedPlugins loaded, Locations locations) {
        return loaded.configProblems().stream()
                .map(problem -> new ConfigProblem(
                        locations.of(SectionPaths.of(problem)), problem.expected(), problem.found(), problem.hint()))
                .toList();
    }
}
