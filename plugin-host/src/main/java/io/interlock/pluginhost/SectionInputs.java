package io.interlock.pluginhost;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * What may set keys of a section besides the section itself.
 *
 * @param base the folder that relative paths of files with secrets start from
 * @param variables environment variables; {@code INTERLOCK_PLUGINS_ID_KEY} sets a key
 */
public record SectionInputs(Path base, Map<String, String> variables) {

    /** No variables. */
    public static final SectionInputs NONE = new SectionInputs(Path.of("").toAbsolutePath(), Map.of());

    public SectionInputs {
        variables = Map.copyOf(variables);
    }

    /** Returns the beginning of the variables for a plugin. */
    public static String prefix(String pluginId) {
        return "INTERLOCK_PLUGINS_" + pluginId.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT) + "_";
    }

    /** Returns a text without values, which may be secret. */
    @Override
    public String toString() {
        return "SectionInputs[" + base + "]";
    }
}
