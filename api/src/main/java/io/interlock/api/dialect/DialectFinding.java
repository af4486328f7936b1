package io.interlock.api.dialect;

import io.interlock.api.Experimental;

/**
 * Something that a dialect cannot say in Interlock's fields, or says otherwise.
 *
 * @param effect what it means for the container
 * @param source the name of the label or variable
 * @param value what the finding shows of its value; empty if that may be a secret
 * @param reason what the label means to the other proxy, and what is missing; one line without an end
 * @param advice what to change; may be empty
 */
@Experimental
public record DialectFinding(Effect effect, String source, String value, String reason, String advice) {

    /** What a finding means for its container. */
    public enum Effect {
        /** It is served, in another way than by the other proxy. */
        DIFFERS,
        /** It is served without what the label asks for. */
        LOST,
        /** One of its routes is closed: its requests are refused, and no other route gets them. */
        CLOSED,
        /** It is not served. */
        LEFT_OUT
    }
}
