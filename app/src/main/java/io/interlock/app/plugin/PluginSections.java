package io.interlock.app.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.interlock.app.config.PluginSources;
import io.interlock.pluginhost.PluginSectionBinder;
import io.interlock.pluginhost.PluginSectionProblem;
import io.interlock.pluginhost.SectionInputs;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The {@code plugins} section of the configuration file: the settings of each plugin. Immutable. */
final class PluginSections {

    private static final String ENABLED = "enabled";

    private final Map<String, ObjectNode> byId;
    private final Set<String> dialects;
    private final SectionInputs inputs;

    PluginSections(PluginSources sources) {
        this.byId = sources.sections();
        this.dialects = sources.dialects();
        this.inputs = new SectionInputs(sources.base(), sources.variables());
    }

    /** The plugins that have a section and are not disabled by it. */
    Set<String> desired() {
        Set<String> desired = new TreeSet<>(byId.keySet());
        desired.removeIf(id -> !isEnabled(id));
        return desired;
    }

    boolean isEnabled(String id) {
        JsonNode enabled = enabled(id);
        return isSelected(id) && (enabled == null || enabled.asBoolean(true));
    }

    /** Whether the plugin is no dialect, or one that is on. */
    boolean isSelected(String id) {
        return !id.startsWith(DialectPlugin.PREFIX) || dialects.contains(id.substring(DialectPlugin.PREFIX.length()));
    }

    /** The problem with Interlock's own keys in the section; empty if there is none. */
    Optional<PluginSectionProblem> problem(String id) {
        JsonNode enabled = enabled(id);
        return enabled == null || enabled.isBoolean()
                ? Optional.empty()
                : Optional.of(new PluginSectionProblem(
                        id, List.of(ENABLED), "true or false", String.valueOf(enabled), Optional.empty()));
    }

    private @Nullable JsonNode enabled(String id) {
        String variable = inputs.variables().get(enabledVariable(id));
        if (variable != null && !variable.isEmpty()) {
            return switch (variable) {
                case "true" -> BooleanNode.TRUE;
                case "false" -> BooleanNode.FALSE;
                default -> TextNode.valueOf(variable);
            };
        }
        ObjectNode section = byId.get(id);
        return section == null ? null : section.get(ENABLED);
    }

    private static String enabledVariable(String id) {
        return SectionInputs.prefix(id) + ENABLED.toUpperCase(Locale.ROOT);
    }

    /** Binds the section of a plugin, with what sets further keys of it. */
    PluginSectionBinder binder(String id) {
        Map<String, String> variables = new HashMap<>(inputs.variables());
        variables.remove(enabledVariable(id));
        return new PluginSectionBinder(id, of(id), new SectionInputs(inputs.base(), variables));
    }

    /** The section without Interlock's own keys, as the plugin gets it. */
    ObjectNode of(String id) {
        ObjectNode section =
                byId.getOrDefault(id, JsonNodeFactory.instance.objectNode()).deepCopy();
        section.remove(ENABLED);
        return section;
    }
}
