package io.interlock.haproxy.quarantine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Result of validating a candidate with HAProxy. */
public sealed interface ValidationResult {

    /** HAProxy accepts the candidate. */
    record Accepted() implements ValidationResult {}

    /**
     * HAProxy refuses the candidate.
     *
     * @param complaints the alerts, at least the first ones; may be empty
     */
    record Refused(List<Alert> complaints) implements ValidationResult {

        private static final int MOST_SAID = 3;

        public Refused {
            complaints = List.copyOf(complaints);
        }

        /** HAProxy's messages, shortened. */
        String said() {
            return complaints.isEmpty()
                    ? "without a word"
                    : complaints.stream().limit(MOST_SAID).map(Alert::text).collect(Collectors.joining("; "));
        }
    }

    /**
     * One problem that HAProxy reports.
     *
     * @param text HAProxy's message
     * @param about the part that HAProxy names by line or name; empty if it names none
     */
    record Alert(String text, Optional<ConfigPart> about) {}
}
