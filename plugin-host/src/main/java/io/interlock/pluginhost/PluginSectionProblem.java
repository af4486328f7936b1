package io.interlock.pluginhost;

import java.util.List;
import java.util.Optional;

/**
 * Something wrong in a plugin's section of the configuration file.
 *
 * @param pluginId whose section
 * @param path the steps from the section to the value: names of members as text, indices as numbers
 * @param expected what should be there
 * @param found what is there instead, without its value, which may be a secret
 * @param hint what the plugin itself says about it
 */
public record PluginSectionProblem(
        String pluginId, List<Object> path, String expected, String found, Optional<String> hint) {
    public PluginSectionProblem {
        path = List.copyOf(path);
    }
}
