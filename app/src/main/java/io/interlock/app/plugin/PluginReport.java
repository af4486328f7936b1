package io.interlock.app.plugin;

import java.util.Optional;

/**
 * State of one plugin, for people.
 *
 * @param id its id, or its file if the id is not known
 * @param version its own version; empty if its jar could not be read
 * @param requires the range of API versions that it requires; empty if it names none or could not be read
 * @param type its type, for example {@code haproxy} or {@code nginx}; empty if it provided nothing
 * @param state its state
 * @param detail why it is in this state and what to do, or what is wrong although it is in use; empty if all is well
 */
public record PluginReport(
        String id,
        Optional<String> version,
        Optional<String> requires,
        Optional<String> type,
        State state,
        String detail) {

    /** State of a plugin. */
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
