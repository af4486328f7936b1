package io.interlock.app.dns;

/** Thrown when a challenge cannot be answered in the DNS; the message is for people. */
public final class DnsChallengeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * @param advice what to do about it
     */
    DnsChallengeException(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    public String advice() {
        return advice;
    }
}
