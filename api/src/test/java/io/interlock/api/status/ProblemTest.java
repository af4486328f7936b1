package io.interlock.api.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.status.Problem.Severity;
import io.interlock.api.status.Problem.Source;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ProblemTest {

    @Test
    void problemsAreInTheOrderOfWhatTheyMeanThenOfWhoFoundThem() {
        assertThat(Stream.of(
                                problem(Severity.NOTE, Source.CONTAINER, "a"),
                                problem(Severity.WARNING, Source.CONTAINER, "b"),
                                problem(Severity.ERROR, Source.CONTAINER, "c"),
                                problem(Severity.ERROR, Source.ENGINE, "d"),
                                problem(Severity.WAITING, Source.CONTAINER, "e"))
                        .sorted()
                        .map(Problem::subject))
                .containsExactly("d", "c", "b", "e", "a");
    }

    private static Problem problem(Severity severity, Source source, String subject) {
        return new Problem(severity, source, subject, Optional.empty(), Optional.empty(), "", "", "is wrong", "", "");
    }
}
