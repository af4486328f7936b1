package io.interlock.haproxy.quarantine;

import io.interlock.haproxy.model.DesiredConfig;

/**
 * Validates candidate configurations with HAProxy.
 *
 * @param <X> thrown when HAProxy cannot be asked
 */
public interface CandidateValidator<X extends Exception> {

    /** Whether HAProxy accepts the candidate. A call takes about a tenth of a second. */
    ValidationResult validator(DesiredConfig candidate) throws X, InterruptedException;
}
