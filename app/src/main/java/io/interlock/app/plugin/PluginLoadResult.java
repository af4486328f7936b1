package io.interlock.app.plugin;

import io.interlock.pluginhost.PluginSectionProblem;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Result of the first scan of the folder of jars.
 *
 * @param loadBalancers those that can be opened
 * @param dialects those that can be opened
 * @param reports one for each jar, or plugin
 * @param configProblems what is wrong in the {@code plugins} section of the configuration file
 * @param ports TCP ports at which plugins will listen, each with the id of one
 */
public record PluginLoadResult(
        List<LoadBalancerPlugin> loadBalancers,
        List<DialectPlugin> dialects,
        List<PluginReport> reports,
        List<PluginSectionProblem> configProblems,
        SortedMap<Integer, String> ports) {

    public PluginLoadResult {
        loadBalancers = List.copyOf(loadBalancers);
        dialects = List.copyOf(dialects);
        reports = List.copyOf(reports);
        configProblems = List.copyOf(configProblems);
        ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
    }
}
