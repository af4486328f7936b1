package io.interlock.stats.webhook;

import io.interlock.api.status.InterlockStatus;
import io.interlock.api.status.Problem;
import io.interlock.api.status.Problem.Severity;
import io.interlock.stats.webhook.ProblemNotice.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Detects which problems began and ended from one status to the next. Those of the first status begin. Waiting problems do not
 * count, because they end by themselves. A problem whose reason changes is the same one, so that a reason with a number or a time in
 * it is told once. Does no I/O. For one thread.
 */
final class ProblemChangeDetector {

    private Map<Identity, Problem> before = Map.of();

    /** What a problem is about. */
    private record Identity(
            Problem.Source source,
            String subject,
            Optional<String> container,
            Optional<String> backendName,
            String field) {

        static Identity of(Problem problem) {
            return new Identity(
                    problem.source(), problem.subject(), problem.container(), problem.backendName(), problem.field());
        }
    }

    /** Returns what ended, then what began, worst first. */
    List<ProblemNotice> detect(InterlockStatus status) {
        Map<Identity, Problem> present = new LinkedHashMap<>();
        for (Problem problem : status.problems()) {
            if (problem.severity() == Severity.ERROR || problem.severity() == Severity.WARNING) {
                Identity identity = Identity.of(problem);
                present.putIfAbsent(identity, before.getOrDefault(identity, problem));
            }
        }
        List<ProblemNotice> notices = new ArrayList<>();
        before.forEach((identity, problem) -> {
            if (!present.containsKey(identity)) {
                notices.add(new ProblemNotice(Event.PROBLEM_ENDED, status.at(), problem));
            }
        });
        present.forEach((identity, problem) -> {
            if (!before.containsKey(identity)) {
                notices.add(new ProblemNotice(Event.PROBLEM_BEGAN, status.at(), problem));
            }
        });
        before = present;
        return notices;
    }
}
