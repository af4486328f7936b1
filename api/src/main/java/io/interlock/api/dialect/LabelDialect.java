package io.interlock.api.dialect;

import io.interlock.api.Experimental;

/**
 * Translates the labels and variables of containers. Both methods are pure functions: the same argument always leads to an equal
 * result, without I/O, clock or state. Any thread may call them.
 */
@Experimental
public interface LabelDialect {

    /** Returns which labels and variables the dialect reads. The host keeps no others. Always the same. */
    DialectSources sources();

    /**
     * Translates one container. Everything in the argument is untrusted; the host checks each field of the result in the same
     * way as one that the container gives itself. What has no field gets a finding. A route whose protection has no field must
     * not be served: leave out the container, or close the route, for example with {@code deny} for all addresses.
     *
     * <p>An exception, or a call that takes longer than a few seconds, leaves the container out.
     */
    DialectTranslation translate(DialectInput container);
}
