package io.interlock.haproxy.quarantine;

import io.interlock.haproxy.model.DesiredConfig;

/**
 * Has HAProxy judge candidates.
 *
 * @param <X> what is thrown when HAProxy cannot be asked
 */
public interface CandidateValidator<X extends Exception> {

    /** Whether HAProxy would take this. Asking costs a tenth of a second or so. */
    ValidationResult judge(DesiredConfig candidate) throws X, InterruptedException;
}
