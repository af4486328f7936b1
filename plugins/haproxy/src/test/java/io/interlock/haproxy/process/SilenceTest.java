package io.interlock.haproxy.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SilenceTest {

    private static final ProcessState WAITS = new ProcessState('S', 100);

    private final Silence silence = new Silence(3);

    @Test
    void whatNeitherAnswersNorWorksHangs() {
        silence.unanswered(WAITS);

        assertThat(silence.unanswered(WAITS)).isFalse();
        assertThat(silence.unanswered(WAITS)).isFalse();
        assertThat(silence.unanswered(WAITS)).isTrue();
    }

    @Test
    void whatWorksWithoutAnsweringIsSlow() {
        for (int ticks = 101; ticks < 120; ticks++) {
            assertThat(silence.unanswered(new ProcessState('S', ticks))).isFalse();
        }
    }

    @Test
    void whatTheMachineDoesNotLetWorkIsSlow() {
        for (int question = 0; question < 20; question++) {
            assertThat(silence.unanswered(new ProcessState('R', 100))).isFalse();
        }
    }

    @Test
    void oneAnswerIsEnough() {
        silence.unanswered(WAITS);
        silence.unanswered(WAITS);
        silence.unanswered(WAITS);
        silence.answered();

        assertThat(silence.unanswered(WAITS)).isFalse();
        assertThat(silence.unanswered(WAITS)).isFalse();
        assertThat(silence.unanswered(WAITS)).isTrue();
    }
}
