package io.interlock.api.status;

import io.interlock.api.Experimental;
import java.util.Optional;

/**
 * Status of a plugin.
 *
 * @param id its id, or the name of its file if the id is unknown
 * @param version its own version; empty if its jar could not be read
 * @param requires the range of API versions that it requires; empty if it declares none or could not be read
 * @param type its type: {@code haproxy}, {@code nginx}, {@code stats}; empty if it offers no extension
 * @param state its state
 * @param detail the cause of this state and the remedy, for people; empty if all is well
 * @param lastResult result of the last call that counts (an apply, a snapshot), for people; empty if there was none
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

    /** State of a plugin. */
    public enum State {
        /** It is being opened. */
        STARTING,
        /** It is in use. */
        RUNNING,
        /** It is in use, and the last call failed. */
        FAILING,
        /** The operator disabled it. */
        DISABLED,
        /** Another jar with its id is preferred, because its version is higher or it is newer. */
        SUPERSEDED,
        /** It cannot be used. */
        UNUSABLE
    }
}
