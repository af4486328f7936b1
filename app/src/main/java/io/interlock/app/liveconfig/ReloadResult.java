package io.interlock.app.liveconfig;

import java.util.List;

/**
 * Result of reading the configuration again.
 *
 * @param outcome what came of it
 * @param changes what differs from the configuration in use, key by key; without secrets
 * @param nextStart changes that wait for the next start of Interlock, with the reason
 * @param problems why the configuration is not used
 * @param failures parts to which it could not be applied; they keep what they had
 */
public record ReloadResult(
        Outcome outcome, List<String> changes, List<String> nextStart, List<String> problems, List<String> failures) {

    /** What came of it. */
    public enum Outcome {
        /** Nothing differs. */
        UNCHANGED,
        APPLIED,
        /** Parts of it could not be applied. */
        FAILED,
        /** It would be applied. */
        DRY_RUN,
        /** It has problems, and the earlier configuration stays. */
        REFUSED
    }

    public ReloadResult {
        changes = List.copyOf(changes);
        nextStart = List.copyOf(nextStart);
        problems = List.copyOf(problems);
        failures = List.copyOf(failures);
    }

    static ReloadResult refused(List<String> problems) {
        return new ReloadResult(Outcome.REFUSED, List.of(), List.of(), problems, List.of());
    }
}
