package io.interlock.haproxy.quarantine;

import io.interlock.haproxy.plan.Wanted;

/**
 * Has HAProxy judge candidates.
 *
 * @param <X> what is thrown when HAProxy cannot be asked
 */
public interface Judge<X extends Exception> {

    /** Whether HAProxy would take this. Asking costs a tenth of a second or so. */
    Verdict judge(Wanted candidate) throws X, InterruptedException;
}
