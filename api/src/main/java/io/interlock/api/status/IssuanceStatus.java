package io.interlock.api.status;

import io.interlock.api.Experimental;
import io.interlock.api.topology.HostName;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a certificate is that a certificate authority is to issue.
 *
 * @param name the host name
 * @param state how far
 * @param due when it is to be ordered next: renewed, or tried again; empty if nobody knows
 * @param failures how many attempts failed since the last that did not
 * @param reason what the last failure was, for people; empty if there was none
 */
@Experimental
public record IssuanceStatus(HostName name, State state, Optional<Instant> due, int failures, String reason) {

    /** How far it is. */
    public enum State {
        /** There is one. */
        ISSUED,
        /** It is being ordered, here or by another Interlock. */
        ORDERING,
        /** The last attempt failed. */
        FAILED,
        /** It cannot be issued in this way. */
        IMPOSSIBLE
    }
}
