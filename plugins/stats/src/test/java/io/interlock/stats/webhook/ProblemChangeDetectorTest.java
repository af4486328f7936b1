package io.interlock.stats.webhook;

import static io.interlock.stats.webhook.WebhookStatuses.problem;
import static io.interlock.stats.webhook.WebhookStatuses.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.status.InterlockStatus;
import io.interlock.api.status.Problem.Severity;
import io.interlock.stats.webhook.ProblemNotice.Event;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ProblemChangeDetectorTest {

    private final ProblemChangeDetector detector = new ProblemChangeDetector();

    @Test
    void eachProblemBeginsAndEndsOnce() {
        InterlockStatus both =
                with(problem(Severity.ERROR, "a", "no port"), problem(Severity.WARNING, "b", "a field is ignored"));

        assertThat(detector.detect(both))
                .extracting(notice -> notice.event() + " " + notice.problem().subject())
                .containsExactly("PROBLEM_BEGAN a", "PROBLEM_BEGAN b");
        assertThat(detector.detect(both)).isEmpty();
        assertThat(detector.detect(with(problem(Severity.ERROR, "c", "no port"))))
                .extracting(notice -> notice.event() + " " + notice.problem().subject())
                .containsExactly("PROBLEM_ENDED a", "PROBLEM_ENDED b", "PROBLEM_BEGAN c");
    }

    @Test
    void anotherReasonIsTheSameProblem() {
        assertThat(detector.detect(with(problem(Severity.ERROR, "a", "silent for 1 s"))))
                .hasSize(1);

        assertThat(detector.detect(with(problem(Severity.ERROR, "a", "silent for 2 s"))))
                .isEmpty();
        assertThat(detector.detect(with()))
                .singleElement()
                .satisfies(notice -> assertThat(notice.event()).isEqualTo(Event.PROBLEM_ENDED))
                .satisfies(notice -> assertThat(notice.problem().reason()).isEqualTo("silent for 1 s"));
    }

    @Test
    void whatEndsByItselfIsNotTold() {
        assertThat(detector.detect(
                        with(problem(Severity.WAITING, "a", "is starting"), problem(Severity.NOTE, "b", "a note"))))
                .isEmpty();
    }
}
