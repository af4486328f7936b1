package io.interlock.haproxy.quarantine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What HAProxy thinks of a candidate. */
public sealed interface ValidationResult {

    /** HAProxy takes it. */
    record Accepted() implements ValidationResult {}

    /**
     * HAProxy refuses it.
     *
     * @param complaints what it says, the first ones at least; may be empty
     */
    record Refused(List<Alert> complaints) implements ValidationResult {

        private static final int MOST_SAID = 3;

        public Refused {
            complaints = List.copyOf(complaints);
        }

        /** HAProxy's words, shortened. */
        String said() {
            return complaints.isEmpty()
                    ? "without a word"
                    : complaints.stream().limit(MOST_SAID).map(Alert::text).collect(Collectors.joining("; "));
        }
    }

    /**
     * One thing that HAProxy does not like.
     *
     * @param text in HAProxy's words
     * @param about the part that HAProxy blames, if it names one by line or name
     */
    record Alert(String text, Optional<ConfigPart> about) {}
}
