package io.interlock.app.plugin;

import io.interlock.pluginhost.SectionProblem;
import java.util.List;

/**
 * What came of the first look into the folder of jars.
 *
 * @param loadBalancers those that can be opened
 * @param reports one for each jar, or plugin
 * @param configProblems what is wrong in the {@code plugins} section of the configuration file
 */
public record LoadedPlugins(
        List<PluggedLoadBalancer> loadBalancers, List<PluginReport> reports, List<SectionProblem> configProblems) {
    public LoadedPlugins {
        loadBalancers = List.copyOf(loadBalancers);
        reports = List.copyOf(reports);
        configProblems = List.copyOf(configProblems);
    }
}
