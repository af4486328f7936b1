package io.interlock.app.liveconfig;

import io.interlock.api.status.Problem;
import io.interlock.api.status.Problem.Severity;
import io.interlock.api.status.Problem.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows the result of reading the configuration again as problems of the status, and as an event. */
final class ReloadResultMapper {

    private ReloadResultMapper() {}

    static List<Problem> problems(ReloadResult result) {
        return Stream.concat(
                        result.problems().stream()
                                .map(text -> problem(
                                        Severity.ERROR,
                                        text,
                                        "the configuration that was read before stays in use",
                                        "correct it; Interlock then reads it again")),
                        result.nextStart().stream()
                                .map(text -> problem(
                                        Severity.WARNING,
                                        text,
                                        "takes effect at the next start",
                                        "restart Interlock, or undo the change")))
                .toList();
    }

    static String event(ReloadResult result) {
        return switch (result.outcome()) {
            case UNCHANGED, DRY_RUN -> "as it is in use";
            case APPLIED -> "applied: " + String.join("; ", result.changes());
            case FAILED -> "partly applied: " + String.join("; ", result.failures());
            case REFUSED -> "not used: " + String.join("; ", result.problems());
        };
    }

    private static Problem problem(Severity severity, String text, String effect, String advice) {
        return new Problem(
                severity,
                Source.CONFIGURATION,
                "configuration",
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                text,
                effect,
                advice);
    }
}
