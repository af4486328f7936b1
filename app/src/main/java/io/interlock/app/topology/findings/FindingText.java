package io.interlock.app.topology.findings;

/**
 * Text of a finding, in the parts that readers show separately. Each is on one line and without an end.
 *
 * @param reason what is wrong or was left open, and what was expected
 * @param effect what was done instead: {@code not served}, {@code 5000 is used}; empty if the reason says it
 * @param advice what to change; empty if it follows from the field and the severity
 */
public record FindingText(String reason, String effect, String advice) {

    public static FindingText of(String reason, String effect) {
        return new FindingText(reason, effect, "");
    }

    public static FindingText notServed(String reason) {
        return of(reason, "not served");
    }

    public static FindingText ignored(String reason) {
        return of(reason, "ignored");
    }

    public FindingText withAdvice(String what) {
        return new FindingText(reason, effect, what);
    }

    /** The parts in one sentence, for the log. */
    public String sentence() {
        return reason + (effect.isEmpty() ? "" : "; " + effect) + (advice.isEmpty() ? "" : ": " + advice);
    }
}
