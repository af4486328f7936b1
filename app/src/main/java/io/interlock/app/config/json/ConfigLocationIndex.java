package io.interlock.app.config.json;

import io.interlock.app.config.problem.ConfigLocation;
import io.interlock.app.config.problem.TextPosition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Index of the place of each value in a configuration file, so that an error found later still names its line.
 * Immutable.
 */
public final class ConfigLocationIndex {

    private final Optional<String> file;
    private final Map<String, TextPosition> values;
    private final Map<String, TextPosition> keys;
    private final Map<String, ConfigLocation> elsewhere;

    /**
     * @param file the file as the operator named it; empty if there is none
     * @param values start of each value, by JSON path
     * @param keys start of the key of each member, by the JSON path of its value
     */
    ConfigLocationIndex(Optional<String> file, Map<String, TextPosition> values, Map<String, TextPosition> keys) {
        this(file, values, keys, Map.of());
    }

    private ConfigLocationIndex(
            Optional<String> file,
            Map<String, TextPosition> values,
            Map<String, TextPosition> keys,
            Map<String, ConfigLocation> elsewhere) {
        this.file = file;
        this.values = Map.copyOf(values);
        this.keys = Map.copyOf(keys);
        this.elsewhere = Map.copyOf(elsewhere);
    }

    /**
     * Returns the same index with values that come from another place than the text.
     *
     * @param places the place of each such value and all below it, by JSON path
     */
    public ConfigLocationIndex with(Map<String, ConfigLocation> places) {
        Map<String, ConfigLocation> all = new HashMap<>(elsewhere);
        all.putAll(places);
        return new ConfigLocationIndex(file, values, keys, all);
    }

    /** Returns the index of a configuration without a file. */
    public static ConfigLocationIndex none() {
        return new ConfigLocationIndex(Optional.empty(), Map.of(), Map.of());
    }

    /**
     * Returns the place of a value. If the file lacks the value, the place is that of the nearest enclosing value in
     * the file.
     *
     * @param jsonPath as {@link JsonPaths} builds it
     */
    public ConfigLocation of(String jsonPath) {
        return enclosing(jsonPath, elsewhere).orElseGet(() -> place(jsonPath, nearest(jsonPath)));
    }

    /** Returns the place of a member's key, or that of the value if it is not a member. */
    public ConfigLocation ofKey(String jsonPath) {
        TextPosition key = keys.get(jsonPath);
        return key == null ? of(jsonPath) : place(jsonPath, key);
    }

    private ConfigLocation place(String jsonPath, TextPosition position) {
        return file.<ConfigLocation>map(name -> new ConfigLocation.InFile(name, position, jsonPath))
                .orElseGet(() -> new ConfigLocation.Unwritten(jsonPath));
    }

    private TextPosition nearest(String jsonPath) {
        return enclosing(jsonPath, values).orElse(new TextPosition(1, 1));
    }

    /** Returns what a map has for the path, or for the nearest value around it. */
    private static <T> Optional<T> enclosing(String jsonPath, Map<String, T> byPath) {
        for (int end = jsonPath.length(); end > 0 && !byPath.isEmpty(); end--) {
            boolean segmentEnds = end == jsonPath.length() || ".[".indexOf(jsonPath.charAt(end)) >= 0;
            T found = segmentEnds ? byPath.get(jsonPath.substring(0, end)) : null;
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
