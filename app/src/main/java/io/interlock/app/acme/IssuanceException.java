package io.interlock.app.acme;

import java.time.Instant;

/** Thrown when no certificate was issued; the message is for people. */
final class IssuanceException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Instant notBefore;

    IssuanceException(String message, Throwable cause) {
        this(message, Instant.EPOCH, cause);
    }

    /**
     * @param notBefore when the authority allows another attempt
     */
    IssuanceException(String message, Instant notBefore, Throwable cause) {
        super(message, cause);
        this.notBefore = notBefore;
    }

    IssuanceException(String message) {
        super(message);
        this.notBefore = Instant.EPOCH;
    }

    Instant notBefore() {
        return notBefore;
    }
}
