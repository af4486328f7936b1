package io.interlock.traefik.rule;

/** Thrown for a rule that is malformed, or that Interlock has no fields for. The message is for a finding. */
public final class RuleException extends Exception {

    private static final long serialVersionUID = 1L;

    RuleException(String message) {
        super(message);
    }
}
