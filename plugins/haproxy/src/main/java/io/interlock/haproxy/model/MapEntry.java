package io.interlock.haproxy.model;

/**
 * Line of a map.
 *
 * @param key the map and the first word of the line
 * @param target the name of a desired backend, or a literal value
 * @param toBackend whether the target is a backend; HAProxy's map then contains the name of the backend's place
 */
public record MapEntry(Key key, String target, boolean toBackend) {

    /**
     * Key of a line, unique among all maps.
     *
     * @param map the map
     * @param text the first word of the line
     */
    public record Key(HaproxyMap map, String text) {}

    /** No backend name starts with this. */
    private static final String NOWHERE = "@";

    /** Returns this line leading to no backend. */
    public MapEntry toNowhere() {
        return new MapEntry(key, NOWHERE, false);
    }
}
