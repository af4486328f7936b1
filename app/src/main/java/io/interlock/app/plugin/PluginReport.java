package io.interlock.app.plugin;

import java.util.Optional;

/**
 * What is known of one plugin, for people.
 *
 * @param id its id, or its file where the id is not known
 * @param version its own version; empty if its jar could not be read
 * @param requires the range of API versions that it asks for; empty if it says none or could not be read
 * @param type what it is: {@code haproxy}, {@code nginx}; empty if it offered nothing
 * @param state what became of it
 * @param detail why it is in this state and what to do, or what is wrong although it is in use; empty if all is well
 */
public record PluginReport(
        String id,
        Optional<String> version,
        Optional<String> requires,
        Optional<String> type,
        State state,
        String detail) {

    /** What became of a plugin. */
    public enum State {
        /** It is in use. */
        RUNNING,
        /** It is being opened. */
        STARTING,
        /** The operator keeps it off. */
        DISABLED,
        /** Another jar with its id is preferred, because its version is higher or it is newer. */
        SUPERSEDED,
        /** It cannot be used. */
        UNUSABLE
    }
}
