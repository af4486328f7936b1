package io.interlock.haproxy.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.haproxy.process.ProcessState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class HangDetectorTest {

    private static final ProcessState WAITS = new ProcessState('S', 100);

    private final HangDetector silence = new HangDetector(3);

    @Test
    void whatNeitherAnswersNorWorksHangs() {
        silence.recordTimeout(WAITS);

        assertThat(silence.recordTimeout(WAITS)).isFalse();
        assertThat(silence.recordTimeout(WAITS)).isFalse();
        assertThat(silence.recordTimeout(WAITS)).isTrue();
    }

    @Test
    void whatWorksWithoutAnsweringIsSlow() {
        for (int ticks = 101; ticks < 120; ticks++) {
            assertThat(silence.recordTimeout(new ProcessState('S', ticks))).isFalse();
        }
    }

    @Test
    void whatTheMachineDoesNotLetWorkIsSlow() {
        for (int question = 0; question < 20; question++) {
            assertThat(silence.recordTimeout(new ProcessState('R', 100))).isFalse();
        }
    }

    @Test
    void oneAnswerIsEnough() {
        silence.recordTimeout(WAITS);
        silence.recordTimeout(WAITS);
        silence.recordTimeout(WAITS);
        silence.recordAnswer();

        assertThat(silence.recordTimeout(WAITS)).isFalse();
        assertThat(silence.recordTimeout(WAITS)).isFalse();
        assertThat(silence.recordTimeout(WAITS)).isTrue();
    }
}
