package io.interlock.app.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * What the settings of plugins are read from.
 *
 * @param sections the section of each plugin, by plugin id, as written; the plugin host binds it to the plugin's own
 *     type
 * @param base the folder that relative paths of files with secrets start from
 * @param variables the environment variables, which may set keys of plugins
 * @param dialects the names of the dialects that are on
 */
public record PluginSources(
        Map<String, ObjectNode> sections, Path base, Map<String, String> variables, Set<String> dialects) {

    /** Creates the sources without dialects. */
    public PluginSources(Map<String, ObjectNode> sections, Path base, Map<String, String> variables) {
        this(sections, base, variables, Set.of());
    }

    public PluginSources {
        sections = Map.copyOf(sections);
        variables = Map.copyOf(variables);
        dialects = Set.copyOf(dialects);
    }

    /** Returns the sources for sections alone. */
    public static PluginSources of(Map<String, ObjectNode> sections) {
        return new PluginSources(sections, Path.of("").toAbsolutePath(), Map.of());
    }

    /** Returns the same sources with these dialects. */
    public PluginSources with(Collection<String> names) {
        return new PluginSources(sections, base, variables, Set.copyOf(names));
    }

    /** Returns a text without variables, which may be secret. */
    @Override
    public String toString() {
        return "PluginSources" + sections.keySet();
    }
}
