package io.interlock.api.status;

import io.interlock.api.Experimental;
import io.interlock.api.topology.HostName;
import java.time.Instant;
import java.util.Optional;

/**
 * Progress of a certificate that a certificate authority issues.
 *
 * @param name the host name
 * @param state the progress
 * @param due when it will be ordered next, for renewal or as another attempt; empty if that is unknown
 * @param failures failed attempts since the last success
 * @param reason the last failure, or what the order waits for, for people; empty if there is neither
 * @param advice what to do about it, for people; empty if there is nothing to do
 */
@Experimental
public record IssuanceStatus(
        HostName name, State state, Optional<Instant> due, int failures, String reason, String advice) {

    /** Progress of a certificate. */
    public enum State {
        /** The certificate is issued. */
        ISSUED,
        /** It is being ordered, here or by another Interlock. */
        ORDERING,
        /** The last attempt failed. */
        FAILED,
        /** It cannot be issued in this way. */
        IMPOSSIBLE
    }
}
