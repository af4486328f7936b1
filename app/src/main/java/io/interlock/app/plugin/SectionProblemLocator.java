package io.interlock.app.plugin;

import io.interlock.app.config.json.ConfigLocationIndex;
import io.interlock.app.config.problem.ConfigProblem;
import java.util.List;

/** Finds the place in the configuration file of each value that plugins refuse. */
public final class SectionProblemLocator {

    private SectionProblemLocator() {}

    public static List<ConfigProblem> of(PluginLoadResult loaded, ConfigLocationIndex locations) {
        return loaded.configProblems().stream()
                .map(problem -> new ConfigProblem(
                        locations.of(PluginSectionPaths.of(problem)),
                        problem.expected(),
                        problem.found(),
                        problem.hint()))
                .toList();
    }
}
