package io.interlock.app.plugin;

import io.interlock.pluginhost.PluginSectionProblem;
import java.util.List;

/**
 * Result of the first scan of the folder of jars.
 *
 * @param loadBalancers those that can be opened
 * @param reports one for each jar, or plugin
 * @param configProblems what is wrong in the {@code plugins} section of the configuration file
 */
public record PluginLoadResult(
        List<LoadBalancerPlugin> loadBalancers, List<PluginReport> reports, List<PluginSectionProblem> configProblems) {
    public PluginLoadResult {
        loadBalancers = List.copyOf(loadBalancers);
        reports = List.copyOf(reports);
        configProblems = List.copyOf(configProblems);
    }
}
