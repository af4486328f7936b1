package io.interlock.app.config;

import java.util.Map;
import java.util.Optional;

/** Where each value of a configuration file is, so that an error found later still names its line. Immutable. */
public final class Locations {

    private final Optional<String> file;
    private final Map<String, Position> values;
    private final Map<String, Position> keys;

    /**
     * @param file the file as the operator named it; empty if there is none
     * @param values where each value begins, by JSON path
     * @param keys where the key of each member begins, by the JSON path of its value
     */
    Locations(Optional<String> file, Map<String, Position> values, Map<String, Position> keys) {
        this.file = file;
        this.values = Map.copyOf(values);
        this.keys = Map.copyOf(keys);
    }

    /** For a configuration without a file. */
    static Locations none() {
        return new Locations(Optional.empty(), Map.of(), Map.of());
    }

    /**
     * The place of a value. If the file lacks it, the position is that of the nearest value around it that is there.
     *
     * @param jsonPath as {@link JsonPaths} builds it
     */
    public Place of(String jsonPath) {
        return place(jsonPath, nearest(jsonPath));
    }

    /** The place of a member's key; that of its value if it is no member. */
    public Place ofKey(String jsonPath) {
        Position key = keys.get(jsonPath);
        return key == null ? of(jsonPath) : place(jsonPath, key);
    }

    private Place place(String jsonPath, Position position) {
        return file.<Place>map(name -> new Place.InFile(name, position, jsonPath))
                .orElseGet(() -> new Place.Unwritten(jsonPath));
    }

    private Position nearest(String jsonPath) {
        for (int end = jsonPath.length(); end > 0; end--) {
            boolean segmentEnds = end == jsonPath.length() || ".[".indexOf(jsonPath.charAt(end)) >= 0;
            Position position = segmentEnds ? values.get(jsonPath.substring(0, end)) : null;
            if (position != null) {
                return position;
            }
        }
        return new Position(1, 1);
    }
}
