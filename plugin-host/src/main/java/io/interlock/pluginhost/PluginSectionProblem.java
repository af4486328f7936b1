package io.interlock.pluginhost;

import java.util.List;
import java.util.Optional;

/**
 * Problem in a plugin's section of the configuration file.
 *
 * @param pluginId the plugin of the section
 * @param path the steps from the section to the value: names of members as text, indices as numbers
 * @param expected the expected content
 * @param found the actual content without its value, which may be a secret
 * @param hint the message of the plugin itself
 */
public record PluginSectionProblem(
        String pluginId, List<Object> path, String expected, String found, Optional<String> hint) {
    public PluginSectionProblem {
        path = List.copyOf(path);
    }
}
