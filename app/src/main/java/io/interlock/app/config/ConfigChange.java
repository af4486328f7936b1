package io.interlock.app.config;

/**
 * One difference between two configurations.
 *
 * @param path the key as a JSON path, with the id of an engine in place of its index; or the path of a file
 * @param text what changed, for people; without secrets
 */
public record ConfigChange(String path, String text) {

    @Override
    public String toString() {
        return path + ": " + text;
    }
}
