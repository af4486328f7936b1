package io.interlock.haproxy.model;

/**
 * A line of a map.
 *
 * @param key where it stands
 * @param target what it leads to: a wanted backend's name, or what HAProxy is to find there as it is
 * @param toBackend whether the target is a backend, so that HAProxy finds the name of its place there
 */
public record MapEntry(Key key, String target, boolean toBackend) {

    /**
     * Unique among all maps.
     *
     * @param map which map
     * @param text the line's first word
     */
    public record Key(HaproxyMap map, String text) {}
}
