package io.interlock.app.plugin;

import java.util.List;
import java.util.Optional;

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
     * @param pluginId whose section
     * @param path the steps from the section to the value: names of members as text, indices as numbers
     * @param expected what should be there
     * @param found what is there instead, without its value, which may be a secret
     * @param hint what the plugin itself says about it
     */
    public record SectionProblem(
            String pluginId, List<Object> path, String expected, String found, Optional<String> hint) {
        public SectionProblem {
            path = List.copyOf(path);
        }
    }
}
