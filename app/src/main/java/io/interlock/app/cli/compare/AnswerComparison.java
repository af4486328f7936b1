package io.interlock.app.cli.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Compares two answers to the same request. Pure. */
final class AnswerComparison {

    static final String BODY = "body";

    private AnswerComparison() {}

    /**
     * Returns the differences. A missing answer is one, also if both are missing: nothing was compared.
     *
     * @param hasSteadyBody whether each proxy gave the same body twice; otherwise bodies are not compared
     */
    static List<ComparisonReport.AnswerDifference> of(ProxyAnswer before, ProxyAnswer after, boolean hasSteadyBody) {
        List<ComparisonReport.AnswerDifference> differences = new ArrayList<>();
        if (!before.isPresent() || !after.isPresent()) {
            differences.add(new ComparisonReport.AnswerDifference("answer", text(before), text(after)));
            return differences;
        }
        add(differences, "status", Integer.toString(before.status()), Integer.toString(after.status()));
        add(differences, "location", before.location(), after.location());
        Set<String> names = new TreeSet<>(before.headers().keySet());
        names.addAll(after.headers().keySet());
        for (String name : names) {
            add(
                    differences,
                    name,
                    Objects.requireNonNullElse(before.headers().get(name), ""),
                    Objects.requireNonNullElse(after.headers().get(name), ""));
        }
        // Each proxy has pages of its own for errors.
        boolean isOfContainer = before.status() < 400
                && !before.body().isEmpty()
                && !after.body().isEmpty();
        if (hasSteadyBody
                && isOfContainer
                && before.status() == after.status()
                && before.location().isEmpty()) {
            add(differences, BODY, before.body(), after.body());
        }
        return differences;
    }

    private static String text(ProxyAnswer answer) {
        return answer.isPresent() ? "status " + answer.status() : "none (" + answer.failure() + ")";
    }

    private static void add(
            List<ComparisonReport.AnswerDifference> differences, String what, String one, String other) {
        if (!one.equals(other)) {
            differences.add(new ComparisonReport.AnswerDifference(what, one, other));
        }
    }
}
