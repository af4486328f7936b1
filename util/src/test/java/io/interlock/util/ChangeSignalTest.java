package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ChangeSignalTest {

    private final ChangeSignal signal = new ChangeSignal();

    @Test
    void changesThatComeTogetherCountAsOne() throws InterruptedException {
        signal.raise();
        signal.raise();
        signal.await();
        assertThat(signal.await(Duration.ZERO)).isFalse();
    }

    @Test
    void aChangeOfAnotherThreadEndsTheWait() throws InterruptedException {
        Thread other = Thread.ofVirtual().start(signal::raise);
        assertThat(signal.await(Duration.ofMinutes(1))).isTrue();
        other.join();
    }

    @Test
    void whatIsClearedDoesNotEndAWait() throws InterruptedException {
        signal.raise();
        signal.clear();
        assertThat(signal.await(Duration.ofMillis(1))).isFalse();
    }
}
