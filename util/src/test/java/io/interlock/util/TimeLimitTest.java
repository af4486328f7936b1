package io.interlock.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TimeLimitTest {

    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration FAR = Duration.ofHours(1);

    @Test
    void aReadThatTakesTooLongEndsAndItsChannelIsClosed() throws IOException {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            assertThatThrownBy(() -> TimeLimit.during(SOON, () -> source.read(ByteBuffer.allocate(1))))
                    .isInstanceOf(ClosedByInterruptException.class);
            assertThat(source.isOpen()).isFalse();
            assertThat(sink.isOpen()).isTrue();
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whatIsDoneInTimeIsNotInterrupted() {
        assertThat(TimeLimit.<String, RuntimeException>during(FAR, () -> "done"))
                .isEqualTo("done");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void whatGoesOnAfterTheInterruptIsTold() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        TimeLimit limit = TimeLimit.interruptingThisThread(SOON, SOON, stuck::countDown);
        boolean told = false;
        while (!told) {
            try {
                stuck.await();
                told = true;
            } catch (InterruptedException e) {
                // The interrupt of the limit; the work continues.
            }
        }
        assertThat(limit.end()).isTrue();
        assertThat(limit.end()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aLimitThatHasEndedDoesNotFire() {
        TimeLimit limit = TimeLimit.interruptingThisThread(FAR, SOON, () -> {});
        assertThat(limit.end()).isFalse();
    }
}
