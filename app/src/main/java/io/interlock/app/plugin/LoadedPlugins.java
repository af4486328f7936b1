package io.interlock.app.plugin;

import java.util.List;

/**
 * What came of a folder of jars.
 *
 * @param loadBalancers those that can be opened
 * @param problems one for each jar, or plugin, that is not in use
 * @param configProblems what is wrong in the {@code plugins} section of the configuration file
 */
public record LoadedPlugins(
        List<PluggedLoadBalancer> loadBalancers, List<PluginProblem> problems, List<SectionProblem> configProblems) {
    public LoadedPlugins {
        loadBalancers = List.copyOf(loadBalancers);
        problems = List.copyOf(problems);
        configProblems = List.copyOf(configProblems);
    }

    /**
     * Something wrong in a plugin's section.
     *
     * @param path JSON path from the root of the file: {@code $.plugins.haproxy.template_path}
     * @param message what was expected and what was found
     */
    public record SectionProblem(String path, String message) {}
}
