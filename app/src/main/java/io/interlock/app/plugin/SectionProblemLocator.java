package io.interlock.app.plugin;

import io.interlock.app.config.json.ConfigLocationIndex;
import io.interlock.app.config.problem.ConfigProblem;
import java.util.List;

/** Names the line of what plugins refuse in their sections of the configuration file. */
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
