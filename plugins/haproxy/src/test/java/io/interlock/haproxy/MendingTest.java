package io.interlock.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MendingTest {

    private final AtomicLong now = new AtomicLong(5);
    private final Mending mending = new Mending(now::get);

    @Test
    void whatIsFoundOnceIsMendedAtOnce() {
        assertThat(mending.isDue()).isTrue();
        pass(Duration.ofHours(1));
        mending.isWell();
        assertThat(mending.isDue()).isTrue();
    }

    @Test
    void whatIsFoundAgainAndAgainIsMendedLessAndLessOften() {
        List<Long> minutes = new ArrayList<>();
        for (int minute = 0; minute < 300; minute++) {
            // A reload helps for a moment.
            if (mending.isDue()) {
                minutes.add((long) minute);
                mending.isWell();
            }
            pass(Duration.ofMinutes(1));
        }
        assertThat(minutes).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L, 243L);
    }

    @Test
    void onceItHasStayedWellItIsMendedAtOnceAgain() {
        for (int i = 0; i < 3; i++) {
            assertThat(mending.isDue()).isTrue();
            pass(Duration.ofMinutes(10));
        }
        mending.isWell();
        assertThat(mending.isDue()).isTrue();
        assertThat(mending.isDue()).isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(mending.isDue()).isTrue();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
