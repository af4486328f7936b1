package io.interlock.app.cli.compare;

import java.util.List;

/**
 * Answers of two proxies to the same requests.
 *
 * @param before address of the other proxy
 * @param after address of Interlock
 * @param requests how many were compared
 * @param answers those that differ, in the order of hosts and paths
 */
public record ComparisonReport(String before, String after, int requests, List<DifferentAnswer> answers) {

    public ComparisonReport {
        answers = List.copyOf(answers);
    }

    /** Whether all answers are the same. */
    public boolean same() {
        return answers.isEmpty();
    }

    /** Request with different answers. */
    public record DifferentAnswer(String host, String path, List<AnswerDifference> differences) {

        public DifferentAnswer {
            differences = List.copyOf(differences);
        }
    }

    /**
     * Difference of two answers.
     *
     * @param what {@code answer} if one is missing, {@code status}, {@code location}, {@code body}, or the name of a header
     * @param before what the other proxy has; empty if nothing; of a body its hash
     * @param after what Interlock has
     */
    public record AnswerDifference(String what, String before, String after) {}
}
