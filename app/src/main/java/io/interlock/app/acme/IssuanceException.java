package io.interlock.app.acme;

import java.time.Instant;

/** Thrown when no certificate was issued; the message is for people. */
final class IssuanceException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Cause kind;
    private final String advice;
    private final Instant notBefore;

    /** What the failure says about the order. */
    enum Cause {
        /** It has failed; the next attempt places another order. */
        FAILED,
        /** It may still succeed; the next attempt goes on with it. */
        INTERRUPTED,
        /** The authority works on it; the next attempt goes on with it. */
        UNFINISHED,
        /** The authority does not accept the account. */
        ACCOUNT
    }

    /**
     * @param advice what to do about it; empty if there is nothing to do
     * @param notBefore when the authority allows another attempt
     */
    IssuanceException(String message, Cause kind, String advice, Instant notBefore, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.advice = advice;
        this.notBefore = notBefore;
    }

    /**
     * @param notBefore when another attempt is allowed
     */
    IssuanceException(String message, Cause kind, String advice, Instant notBefore) {
        super(message);
        this.kind = kind;
        this.advice = advice;
        this.notBefore = notBefore;
    }

    IssuanceException(String message, Cause kind, String advice) {
        this(message, kind, advice, Instant.EPOCH);
    }

    Cause kind() {
        return kind;
    }

    String advice() {
        return advice;
    }

    Instant notBefore() {
        return notBefore;
    }
}
