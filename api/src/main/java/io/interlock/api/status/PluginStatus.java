package io.interlock.api.status;

import io.interlock.api.Experimental;
import java.util.Optional;

/**
 * One plugin.
 *
 * @param id its id, or its file where the id is not known
 * @param version its own version; empty if its jar could not be read
 * @param requires the range of API versions that it asks for; empty if it says none or could not be read
 * @param type what it is: {@code haproxy}, {@code nginx}, {@code stats}; empty if it offered nothing
 * @param state what became of it
 * @param detail why it is in this state and what to do, for people; empty if all is well
 * @param lastResult what came of the last call that counts (an apply, a snapshot), for people; empty if there was none
 */
@Experimental
public record PluginStatus(
        String id,
        Optional<String> version,
        Optional<String> requires,
        Optional<String> type,
        State state,
        String detail,
        String lastResult) {

    /** What became of a plugin. */
    public enum State {
        /** It is being opened. */
        STARTING,
        /** It is in use. */
        RUNNING,
        /** It is in use, and the last call failed. */
        FAILING,
        /** The operator keeps it off. */
        DISABLED,
        /** Another jar with its id is preferred, because its version is higher or it is newer. */
        SUPERSEDED,
        /** It cannot be used. */
        UNUSABLE
    }
}
